package io.zoetrope.media;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the edit lists of an MP4 file (ISO/IEC 14496-12, 8.6.6) end at a time: packets that are in
 * it for the decoder alone aren't shown behind it. FFmpeg's muxer has no word for that.
 */
final class EditListTrim {
  private static final int HEADER = 8;
  private static final int LARGE_HEADER = 16;
  private static final int VERSION_AND_FLAGS = 4;

  private final ByteBuffer movie;
  private long end;

  private EditListTrim(ByteBuffer movie) {
    this.movie = movie;
  }

  /**
   * Changes the file.
   *
   * @param end when all of its tracks end at the latest, in units of {@code timeBase}
   */
  static void trim(Path file, long end, Rational timeBase) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      for (long at = 0; at < channel.size(); ) {
        ByteBuffer header = read(channel, at, LARGE_HEADER);
        long size = Integer.toUnsignedLong(header.getInt(0));
        size = size == 1 ? header.getLong(HEADER) : size;
        if (size < HEADER) {
          break;
        }
        if (isNamed(header, 0, "moov")) {
          ByteBuffer movie = read(channel, at, Math.toIntExact(size));
          new EditListTrim(movie).trim(end, timeBase);
          channel.write(movie.rewind(), at);
          return;
        }
        at += size;
      }
    }
    throw new IOException(file + " has no movie in it");
  }

  private void trim(long wantedEnd, Rational timeBase) throws IOException {
    int header = only(0, movie.capacity(), "mvhd");
    boolean large = movie.get(header + HEADER) == 1;
    int timescale = header + HEADER + VERSION_AND_FLAGS + (large ? 16 : 8);
    end = Rational.rescale(wantedEnd, timeBase, new Rational(1, movie.getInt(timescale)));
    long longest = 0;
    for (int track : boxes(0, movie.capacity(), "trak")) {
      longest = Math.max(longest, trimTrack(track));
    }
    put(timescale + Integer.BYTES, large, longest);
  }

  /** Returns how long the track is then. */
  private long trimTrack(int track) throws IOException {
    int edits = only(track, size(track), "edts");
    int list = only(edits, size(edits), "elst");
    boolean large = movie.get(list + HEADER) == 1;
    int at = list + HEADER + VERSION_AND_FLAGS;
    int entries = movie.getInt(at);
    int entryBytes = large ? 20 : 12;
    long total = 0;
    for (int i = 0; i < entries; i++) {
      int entry = at + Integer.BYTES + i * entryBytes;
      long duration = large ? movie.getLong(entry) : Integer.toUnsignedLong(movie.getInt(entry));
      long trimmed = Math.max(0, Math.min(duration, end - total));
      put(entry, large, trimmed);
      total += trimmed;
    }
    int header = only(track, size(track), "tkhd");
    boolean largeHeader = movie.get(header + HEADER) == 1;
    put(header + HEADER + VERSION_AND_FLAGS + (largeHeader ? 24 : 16), largeHeader, total);
    return total;
  }

  private void put(int at, boolean large, long value) {
    if (large) {
      movie.putLong(at, value);
    } else {
      movie.putInt(at, Math.toIntExact(value));
    }
  }

  private int size(int box) {
    return movie.getInt(box);
  }

  private int only(int box, int size, String name) throws IOException {
    List<Integer> found = boxes(box, size, name);
    if (found.size() != 1) {
      throw new IOException("%d boxes %s instead of one".formatted(found.size(), name));
    }
    return found.get(0);
  }

  /** Where the boxes of a name begin that lie directly in another. */
  private List<Integer> boxes(int box, int size, String name) throws IOException {
    List<Integer> found = new ArrayList<>();
    for (int at = box + HEADER; at + HEADER <= box + size; at += size(at)) {
      if (size(at) < HEADER) {
        throw new IOException("a box of %d bytes".formatted(size(at)));
      }
      if (isNamed(movie, at, name)) {
        found.add(at);
      }
    }
    return found;
  }

  private static boolean isNamed(ByteBuffer bytes, int at, String name) {
    return bytes.getInt(at + Integer.BYTES) == ByteBuffer.wrap(name.getBytes(US_ASCII)).getInt();
  }

  private static ByteBuffer read(FileChannel channel, long at, int size) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(size);
    while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) > 0) {
      // Goes on until it is full or the file ends.
    }
    return bytes;
  }
}
