package io.zoetrope.media;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The boxes that a file consists of. */
final class Mp4Boxes {
  private Mp4Boxes() {}

  static List<String> of(Path file) throws IOException {
    List<String> types = new ArrayList<>();
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      Boxes boxes = new Boxes(new RandomBytes(channel), 0, channel.size());
      while (boxes.advance()) {
        types.add(boxes.type());
      }
    }
    return types;
  }
}
