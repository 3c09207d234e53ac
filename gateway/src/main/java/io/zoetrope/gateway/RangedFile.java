package io.zoetrope.gateway;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.ByteRange;

/**
 * A file as an answer (RFC 9110): whole, or the one range of it that is asked for; nothing of it to
 * who has it already. What isn't one range, as several are, gets the whole.
 */
final class RangedFile {
  private static final Pattern RANGE =
      Pattern.compile("bytes=((?<first>\\d{1,18})-(?<last>\\d{0,18})|-\\d{1,18})");

  private final Source source;
  private final String tag;
  private final String contentType;
  private final String keeping;

  /** Where its bytes are, opened only if they are wanted. */
  @FunctionalInterface
  interface Source {
    SeekableByteChannel open() throws IOException;
  }

  /**
   * A file that may be kept, but not used again without asking.
   *
   * @param version which no other content of the same URL has
   */
  RangedFile(Source source, String version, String contentType) {
    this(source, version, contentType, "no-cache");
  }

  /**
   * A file.
   *
   * @param version which no other content of the same URL has
   * @param keeping how it may be kept, as {@code Cache-Control} has it
   */
  RangedFile(Source source, String version, String contentType, String keeping) {
    this.source = source;
    this.tag = '"' + version + '"';
    this.contentType = contentType;
    this.keeping = keeping;
  }

  /** Answers {@code GET} and {@code HEAD}. */
  void answer(Context http) throws IOException {
    if (EntityTags.isAmong(http.header("If-None-Match"), tag)) {
      describe(http);
      http.status(304);
      return;
    }
    SeekableByteChannel file = source.open();
    // What goes wrong is nothing to be kept.
    describe(http);
    try {
      answer(http, file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private void describe(Context http) {
    http.header("ETag", tag);
    http.header("Cache-Control", keeping);
    http.header("Accept-Ranges", "bytes");
    // A cache would take over another one from a 304.
    http.contentType(contentType);
  }

  private void answer(Context http, SeekableByteChannel file) throws IOException {
    long size = file.size();
    ByteRange part = new ByteRange(0, size - 1);
    if (wantsRange(http)) {
      part =
          ByteRange.parse(List.of(http.header("Range")), size).stream()
              .findFirst()
              .orElseThrow(() -> behindTheEnd(http, size));
      http.status(206).header("Content-Range", part.toHeaderValue(size));
    }
    http.res().setContentLengthLong(part.getLength());
    if (http.method().equals(HandlerType.HEAD)) {
      file.close();
    } else {
      http.result(new Part(file.position(part.first()), part.getLength()));
    }
  }

  // Of a file that isn't the one whose beginning somebody has, the rest is of no use to him.
  private boolean wantsRange(Context http) {
    String condition = http.header("If-Range");
    Matcher range = RANGE.matcher(Objects.toString(http.header("Range"), ""));
    return http.method().equals(HandlerType.GET)
        && (condition == null || condition.equals(tag))
        && range.matches()
        && !isBackwards(range);
  }

  private static boolean isBackwards(Matcher range) {
    String last = range.group("last");
    return last != null
        && !last.isEmpty()
        && Long.parseLong(range.group("first")) > Long.parseLong(last);
  }

  private static ApiException behindTheEnd(Context http, long size) {
    http.header("Content-Range", ByteRange.toNonSatisfiableHeaderValue(size));
    return new ApiException(
        416, "RANGE_INVALID", "there are %d bytes; ask for a range of them".formatted(size));
  }

  /** The next bytes of a file, which is closed with them. */
  private static final class Part extends InputStream {
    private final SeekableByteChannel file;
    private long left;

    Part(SeekableByteChannel file, long length) {
      this.file = file;
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      byte[] single = new byte[1];
      return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int read = file.read(ByteBuffer.wrap(target, offset, (int) Math.min(length, left)));
      left -= Math.max(read, 0);
      return read;
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
