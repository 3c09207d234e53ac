package io.zoetrope.media;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file cut into batches and each of them decoded alone. */
record BatchedDecode(
    VideoStream stream,
    long originPts,
    List<Frame> frames,
    List<FrameOutcome> outcomes,
    List<Integer> batchSizes,
    long packetsDecoded,
    CutSummary summary) {
  /** A delivered picture, in the order of delivery. */
  record Frame(long index, long hash, long pts, long ptsMicros, boolean damaged) {}

  static BatchedDecode of(Path file, CutOptions options, int threads) throws IOException {
    List<Frame> frames = new ArrayList<>();
    List<FrameOutcome> outcomes = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    long packets = 0;
    long origin = 0;
    try (SeekableByteChannel channel = SharedMedia.open(file);
        VideoCutter cutter = VideoCutter.open(channel, file.toString(), options);
        BatchDecoder decoder = new BatchDecoder(cutter.stream(), threads)) {
      while (cutter.hasNext()) {
        PacketBatch batch = cutter.next();
        packets += batch.preroll().size() + batch.packets().size();
        origin = batch.originPts();
        sizes.add(batch.expectedFrames());
        outcomes.addAll(
            decoder.decode(
                batch,
                frame -> {
                  try (frame) {
                    frames.add(
                        new Frame(
                            frame.index(),
                            FrameHash.of(frame.frame()),
                            frame.frame().pts(),
                            frame.ptsMicros(),
                            frame.damaged()));
                  }
                }));
      }
      return new BatchedDecode(
          cutter.stream(), origin, frames, outcomes, sizes, packets, cutter.summary());
    }
  }
}
