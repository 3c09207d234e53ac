package io.zoetrope.media;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * A file cut into batches and each of them decoded.
 *
 * @param batchSizes expected frames of each batch
 * @param chained how many batches are in a decode chain
 * @param packetsDecoded by decoders that have seen all batches before
 */
record BatchedDecode(
    VideoStream stream,
    long originPts,
    List<Frame> frames,
    List<FrameOutcome> outcomes,
    List<Integer> batchSizes,
    int chained,
    long packetsDecoded,
    CutSummary summary) {
  /** A delivered picture, in the order of delivery. */
  record Frame(long index, long hash, long pts, long ptsMicros, boolean damaged, boolean key) {
    /** Closes the frame. */
    static Frame of(DecodedFrame frame) {
      try (frame) {
        return new Frame(
            frame.index(),
            FrameHash.of(frame.frame()),
            frame.frame().pts(),
            frame.ptsMicros(),
            frame.damaged(),
            (frame.frame().flags() & AVFrame.AV_FRAME_FLAG_KEY) != 0);
      }
    }
  }

  /**
   * With one thread each batch is decoded alone: in a decoder of its own, which for a batch in a
   * chain first catches up from the original. With several threads the batches of a chain go
   * through one live decoder.
   */
  static BatchedDecode of(Path file, CutOptions options, int threads) throws IOException {
    List<Frame> frames = new ArrayList<>();
    List<FrameOutcome> outcomes = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    int chained = 0;
    long packets = 0;
    long origin = 0;
    try (SeekableByteChannel channel = SharedMedia.open(file);
        VideoCutter cutter = VideoCutter.open(channel, file.toString(), options);
        BatchDecoder alone = new BatchDecoder(cutter.stream(), threads);
        ChainDecoder live = new ChainDecoder(cutter.stream(), original(file, options))) {
      while (cutter.hasNext()) {
        PacketBatch batch = cutter.next();
        sizes.add(batch.expectedFrames());
        FrameSink sink = frame -> frames.add(Frame.of(frame));
        if (batch.chain().isEmpty()) {
          outcomes.addAll(alone.decode(batch, sink));
        } else if (threads > 1) {
          outcomes.addAll(live.decode(batch, sink, () -> false));
        } else {
          try (ChainDecoder fresh = new ChainDecoder(cutter.stream(), original(file, options))) {
            outcomes.addAll(fresh.decode(batch, sink, () -> false));
          }
        }
        origin = batch.originPts();
        packets += batch.allPackets().count() - batch.chain().map(ChainLink::overlap).orElse(0);
        chained += batch.chain().isPresent() ? 1 : 0;
      }
      return new BatchedDecode(
          cutter.stream(), origin, frames, outcomes, sizes, chained, packets, cutter.summary());
    }
  }

  /** What a decoder catches up from. */
  static ChainSource original(Path file, CutOptions options) {
    return ChainSource.over(() -> SharedMedia.open(file), file.toString(), options);
  }
}
