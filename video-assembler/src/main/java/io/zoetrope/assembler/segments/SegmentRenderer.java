package io.zoetrope.assembler.segments;

import io.zoetrope.batches.BatchException;
import io.zoetrope.batches.FrameBatchReader;
import io.zoetrope.events.FrameBatch;
import io.zoetrope.events.RenderEncoding;
import io.zoetrope.events.SegmentRequested;
import io.zoetrope.media.BatchDecoder;
import io.zoetrope.media.ChainDecoder;
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
    FrameBatch event = request.getBatch();
    PacketBatch batch = FrameBatchReader.batch(event);
    VideoStream stream = FrameBatchReader.stream(event.getStream());
    SegmentScript script = SegmentScript.of(request);
    FrameTimes times = FrameTimes.of(request);
    Easel own = easel(new Easel.Key(PictureFormat.of(stream), request.getStyle()));
    EncoderSettings settings = settings(request.getEncoding(), own.format(), stream);
    try (SegmentPass pass =
        new SegmentPass(
            script, times, own, () -> SegmentWriter.create(file, settings), abandoned)) {
      if (batch.chain().isPresent()) {
        decodeInChain(request, batch, pass, abandoned);
      } else {
        decodeAlone(batch, stream, pass);
      }
      return pass.finish();
    } catch (UncheckedIOException e) {
      throw e.getCause();
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

  private static void decodeAlone(PacketBatch batch, VideoStream stream, SegmentPass pass) {
    try (BatchDecoder decoder = new BatchDecoder(stream, DECODER_THREADS)) {
      decoder.decode(batch, pass);
    }
  }

  private void decodeInChain(
      SegmentRequested request, PacketBatch batch, SegmentPass pass, BooleanSupplier abandoned) {
    ChainDecoder decoder = chains.decoder(request.getRenderId(), request.getBatch());
    decoder.decode(batch, pass, abandoned);
  }

  @Override
  public void close() {
    chains.close();
    easel.ifPresent(Easel::close);
    easel = Optional.empty();
  }
}
