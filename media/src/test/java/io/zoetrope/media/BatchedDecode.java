package io.zoetrope.media;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** A file cut into batches and each of them decoded, alone or in its chain. */
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

  static BatchedDecode of(Path file, CutOptions options, int threads) throws IOException {
    List<Frame> frames = new ArrayList<>();
    List<FrameOutcome> outcomes = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    int chained = 0;
    long packets = 0;
    long origin = 0;
    try (SeekableByteChannel channel = SharedMedia.open(file);
        VideoCutter cutter = VideoCutter.open(channel, file.toString(), options);
        BatchDecoder decoder = new BatchDecoder(cutter.stream(), threads);
        ChainDecoder chains = new ChainDecoder(cutter.stream(), original(file, options))) {
      while (cutter.hasNext()) {
        PacketBatch batch = cutter.next();
        packets += batch.allPackets().count() - batch.chain().map(ChainLink::overlap).orElse(0);
        chained += batch.chain().isPresent() ? 1 : 0;
        origin = batch.originPts();
        sizes.add(batch.expectedFrames());
        FrameSink sink = frame -> frames.add(Frame.of(frame));
        outcomes.addAll(
            batch.chain().isPresent()
                ? chains.decode(batch, sink, () -> false)
                : decoder.decode(batch, sink));
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
