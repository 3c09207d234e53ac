package io.zoetrope.media;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;

/** Where the fragments of an MP4 file lie. */
final class Fragments {
  private Fragments() {}

  /** Bytes that come before the first fragment; all of them if there is none. */
  static long headerBytes(SeekableByteChannel file, String name) throws IOException {
    return starts(file, name).get(0);
  }

  /** Where each fragment begins; at last, where the file ends. */
  static List<Long> starts(SeekableByteChannel file, String name) throws IOException {
    List<Long> starts = new ArrayList<>();
    long size = file.size();
    Boxes boxes = new Boxes(new RandomBytes(file), 0, size);
    long start = 0;
    while (boxes.advance()) {
      if (boxes.type().equals("moof")) {
        starts.add(start);
      }
      start = boxes.boxEnd();
    }
    if (start != size) {
      throw new IOException(name + " isn't a whole MP4 file");
    }
    starts.add(size);
    return starts;
  }
}
