package io.zoetrope.assembler.segments;

import io.zoetrope.batches.BatchException;
import io.zoetrope.batches.FrameBatchReader;
import io.zoetrope.events.AnnotatedFrame;
import io.zoetrope.events.FrameBatch;
import io.zoetrope.events.RenderEncoding;
import io.zoetrope.events.SegmentRequested;
import io.zoetrope.media.BatchDecoder;
import io.zoetrope.media.EncoderSettings;
import io.zoetrope.media.MediaException;
import io.zoetrope.media.PacketBatch;
import io.zoetrope.media.PictureFormat;
import io.zoetrope.media.Preset;
import io.zoetrope.media.SegmentWriter;
import io.zoetrope.media.VideoCodec;
import io.zoetrope.media.VideoStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Makes segments of annotated videos: decodes their frames, draws on each what is known of it, and
 * encodes them again. The same request gives the same bytes, whoever makes it and whatever he made
 * before. Keeps what the next segment of a render needs again, native memory included. For one
 * thread at a time.
 */
public final class SegmentRenderer implements AutoCloseable {
  private static final int DECODER_THREADS = 1;

  private final LiveChains chains;
  private Optional<Easel> easel = Optional.empty();

  /**
   * Opens nothing yet.
   *
   * @param originals opens the original at a location, where a decoder has to be brought to the
   *     middle of a very long GOP
   */
  public SegmentRenderer(Function<String, SeekableByteChannel> originals) {
    chains = new LiveChains(originals);
  }

  /**
   * Makes one segment.
   *
   * @param request with all its packets in it
   * @param file that is written, unless the segment shows nothing; deleted where it can't be
   *     finished
   * @param abandoned asked between frames whether nobody wants it any more
   * @throws IOException where the file can't be written
   * @throws BatchException {@code SEGMENT_INVALID} or {@code BATCH_INVALID} where the request
   *     contradicts itself, {@code CHAIN_OUTDATED} where its pictures can't be had
   * @throws MediaException where the pictures can't be decoded, converted or encoded at all
   * @throws CancellationException where it was abandoned
   */
  public Rendered render(SegmentRequested request, Path file, BooleanSupplier abandoned)
      throws IOException {
    return write(request, file, abandoned, pass -> decode(request, pass, abandoned));
  }

  /**
   * Makes a segment whose pictures nobody can decode: all of its frames are marked.
   *
   * @param failure code of what isn't known to have failed otherwise
   * @param file as for {@link #render}
   * @throws IOException where the file can't be written
   * @throws BatchException {@code SEGMENT_INVALID} where the request contradicts itself
   * @throws MediaException where such pictures can't be encoded
   */
  public Rendered renderMarked(SegmentRequested request, Path file, String failure)
      throws IOException {
    for (AnnotatedFrame frame : request.getFrames()) {
      if (frame.getFailure() == null) {
        frame.setFailure(failure);
      }
    }
    return write(request, file, () -> false, pass -> {});
  }

  private Rendered write(
      SegmentRequested request,
      Path file,
      BooleanSupplier abandoned,
      Consumer<SegmentPass> pictures)
      throws IOException {
    VideoStream stream = FrameBatchReader.stream(request.getBatch().getStream());
    SegmentScript script = SegmentScript.of(request);
    FrameTimes times = FrameTimes.of(request);
    Easel own = easel(new Easel.Key(PictureFormat.of(stream), request.getStyle()));
    EncoderSettings settings = settings(request.getEncoding(), own.format(), stream);
    try (SegmentPass pass =
        new SegmentPass(
            script, times, own, () -> SegmentWriter.create(file, settings), abandoned)) {
      pictures.accept(pass);
      return pass.finish();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void decode(SegmentRequested request, SegmentPass pass, BooleanSupplier abandoned) {
    FrameBatch event = request.getBatch();
    PacketBatch batch = FrameBatchReader.batch(event);
    if (batch.chain().isPresent()) {
      chains.decoder(request.getRenderId(), event).decode(batch, pass, abandoned);
      return;
    }
    try (BatchDecoder decoder =
        new BatchDecoder(FrameBatchReader.stream(event.getStream()), DECODER_THREADS)) {
      decoder.decode(batch, pass);
    }
  }

  /**
   * Returns if annotated pictures of a stream can be encoded so.
   *
   * @throws MediaException {@code MEDIA_UNSUPPORTED}
   */
  public static void requireEncodable(RenderEncoding encoding, VideoStream stream) {
    settings(encoding, PictureFormat.of(stream), stream).requireEncoder();
  }

  private static EncoderSettings settings(
      RenderEncoding encoding, PictureFormat format, VideoStream stream) {
    return new EncoderSettings(
        VideoCodec.valueOf(encoding.getCodec().name()),
        Preset.valueOf(encoding.getPreset().name()),
        format,
        stream.timeBase(),
        stream.frameRate(),
        Optional.ofNullable(encoding.getEncoderName()));
  }

  private Easel easel(Easel.Key key) {
    if (!easel.map(own -> own.key().equals(key)).orElse(false)) {
      easel.ifPresent(Easel::close);
      easel = Optional.empty();
      easel = Optional.of(new Easel(key));
    }
    return easel.orElseThrow();
  }

  @Override
  public void close() {
    chains.close();
    easel.ifPresent(Easel::close);
    easel = Optional.empty();
  }
}
