package io.zoetrope.benchmarks.micro;

import io.zoetrope.media.BatchDecoder;
import io.zoetrope.media.CutOptions;
import io.zoetrope.media.DecodedFrame;
import io.zoetrope.media.VideoCutter;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Pictures of real videos. */
final class Pictures {
  private Pictures() {}

  /** The last picture of the first batch; the caller closes it. */
  static DecodedFrame of(Path video) throws IOException {
    List<DecodedFrame> frames = new ArrayList<>();
    try (SeekableByteChannel channel = Files.newByteChannel(video);
        VideoCutter cutter = VideoCutter.open(channel, video.toString(), CutOptions.DEFAULT);
        BatchDecoder decoder = new BatchDecoder(cutter.stream(), 1)) {
      decoder.decode(
          cutter.next(),
          frame -> {
            frames.forEach(DecodedFrame::close);
            frames.clear();
            frames.add(frame);
          });
    }
    return frames.get(0);
  }
}
