package io.zoetrope.media;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Decodes all frames of a file. */
final class Decoding {
  private Decoding() {}

  /** Closes each frame when its taker is done with it. */
  static void frames(Path file, Consumer<DecodedFrame> taker) throws IOException {
    try (SeekableByteChannel channel = SharedMedia.open(file);
        VideoCutter cutter = VideoCutter.open(channel, file.toString(), CutOptions.DEFAULT);
        BatchDecoder alone = new BatchDecoder(cutter.stream(), 1);
        ChainDecoder live =
            new ChainDecoder(cutter.stream(), BatchedDecode.original(file, CutOptions.DEFAULT))) {
      FrameSink sink =
          frame -> {
            try (frame) {
              taker.accept(frame);
            }
          };
      while (cutter.hasNext()) {
        PacketBatch batch = cutter.next();
        if (batch.chain().isEmpty()) {
          alone.decode(batch, sink);
        } else {
          live.decode(batch, sink, () -> false);
        }
      }
    }
  }
}
