package io.zoetrope.media;

import static io.zoetrope.media.MediaException.Code.MEDIA_UNREADABLE;

import io.zoetrope.media.PacketReader.ReadPacket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;

/**
 * Finds the frames that are shown at a time, without decoding what comes long before: the pictures
 * are those of a sequential decode. Goes by the container's index to a place at which decoding can
 * begin. Where there is none, or where damage makes pictures depend on all before them, the video
 * is cut from its start on, as for detection.
 *
 * <p>Times are microseconds since the first displayed frame. For a medium that was accepted before.
 * Owns its channels and all native memory; for one thread at a time.
 */
public final class FrameSeeker implements AutoCloseable {
  /** The {@link DecodedFrame#index} of a frame whose ordinal nobody has counted. */
  public static final long NO_INDEX = -1;

  private final ChainSource source;
  private final SeekableByteChannel channel;
  private final KeyframeSearch search;
  private final AVCodec codec;
  private final long originPts;

  private FrameSeeker(
      ChainSource source, SeekableByteChannel channel, KeyframeSearch search, long originPts) {
    this.source = source;
    this.channel = channel;
    this.search = search;
    this.originPts = originPts;
    codec = PacketDecoder.find(search.stream());
  }

  /**
   * Opens a video.
   *
   * @param original opened more than once; the seeker closes what it opens
   * @param name of the medium, for messages
   * @param streamIndex {@link CutOptions#BEST_STREAM} or the stream to take
   * @throws MediaException if the medium can't be read any more
   */
  public static FrameSeeker open(ChainSource.Channel original, String name, int streamIndex) {
    ChainSource source = cut(original, name, streamIndex);
    long origin = origin(original, name, streamIndex);
    SeekableByteChannel channel = null;
    try {
      channel = original.open();
      return new FrameSeeker(
          source, channel, KeyframeSearch.open(channel, name, streamIndex), origin);
    } catch (IOException e) {
      throw Demuxer.unreadable(name, e.getMessage(), e);
    } catch (RuntimeException e) {
      close(channel);
      throw e;
    }
  }

  public VideoStream stream() {
    return search.stream();
  }

  /**
   * Gives the frame that is on show at {@code fromMicros}, or the video's first frame before that
   * is shown, and all that follow until {@code toMicros}, exclusive, in presentation order. A frame
   * that can't be decoded is passed over: the one before it stays on show.
   *
   * @throws MediaException if the medium can't be read any more
   */
  public void frames(long fromMicros, long toMicros, FrameSink sink) {
    try (ShownStretch stretch = new ShownStretch(fromMicros, toMicros, sink)) {
      Optional<ReadPacket> start = search.seek(originPts + stream().lastUntil(fromMicros));
      boolean done =
          start.isPresent()
              && new KeyframeDecoding(search, start.get(), originPts, stretch)
                  .run(start.get(), codec);
      if (!done) {
        stretch.restart();
        readThrough(fromMicros, stretch);
      }
    }
  }

  /** Gives the one frame that is on show at {@code micros}; none only if none can be decoded. */
  public void frameAt(long micros, FrameSink sink) {
    frames(micros, micros, sink);
  }

  @Override
  public void close() {
    search.close();
    close(channel);
  }

  private void readThrough(long fromMicros, ShownStretch stretch) {
    try (ChainSource.Batches batches = source.open();
        BatchDecoder decoder = new BatchDecoder(stream(), 1);
        ChainDecoder chains = new ChainDecoder(stream(), source)) {
      Optional<PacketBatch> before = Optional.empty();
      while (!stretch.isComplete() && batches.hasNext()) {
        PacketBatch batch = batches.next();
        boolean reached = isShownAfter(batch, fromMicros);
        if (reached) {
          before.ifPresent(waiting -> decode(waiting, decoder, chains, stretch));
          decode(batch, decoder, chains, stretch);
        }
        before = reached ? Optional.empty() : Optional.of(batch);
      }
      if (!stretch.isComplete()) {
        before.ifPresent(waiting -> decode(waiting, decoder, chains, stretch));
        stretch.end();
      }
    }
  }

  private static void decode(
      PacketBatch batch, BatchDecoder decoder, ChainDecoder chains, ShownStretch stretch) {
    if (batch.chain().isPresent()) {
      chains.decode(batch, stretch::accept, () -> false);
    } else {
      decoder.decode(batch, stretch::accept);
    }
  }

  private boolean isShownAfter(PacketBatch batch, long micros) {
    return batch
        .allPackets()
        .filter(VideoPacket::emit)
        .anyMatch(packet -> stream().micros(packet.pts() - originPts) > micros);
  }

  /** When the first frame is displayed, in the time base of the stream. */
  static long origin(ChainSource.Channel original, String name, int streamIndex) {
    try (ChainSource.Batches batches = cut(original, name, streamIndex).open()) {
      if (batches.hasNext()) {
        return batches.next().originPts();
      }
    }
    throw new MediaException(
        MEDIA_UNREADABLE, name + " has no frame that is shown; check that it is whole.");
  }

  private static ChainSource cut(ChainSource.Channel original, String name, int streamIndex) {
    return ChainSource.over(original, name, CutOptions.DEFAULT.withStream(streamIndex));
  }

  private static void close(SeekableByteChannel channel) {
    if (channel == null) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
