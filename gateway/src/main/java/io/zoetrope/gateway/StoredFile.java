package io.zoetrope.gateway;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.zoetrope.store.MediaStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jetty.http.ByteRange;

/**
 * A file of the media store as an answer (RFC 9110): whole, or the one range of it that is asked
 * for; nothing of it to who has it already. Who asks for several ranges gets the whole.
 */
final class StoredFile {
  private final URI location;
  private final String tag;
  private final String contentType;

  /**
   * A file.
   *
   * @param version which no other content of the same URL has
   */
  StoredFile(String location, String version, String contentType) {
    this.location = URI.create(location);
    this.tag = '"' + version + '"';
    this.contentType = contentType;
  }

  /** Answers {@code GET} and {@code HEAD}. */
  void answer(Context http, MediaStore store) throws IOException {
    http.header("ETag", tag);
    http.header("Cache-Control", "no-cache");
    http.header("Accept-Ranges", "bytes");
    if (isKnown(http.header("If-None-Match"))) {
      http.status(304);
      return;
    }
    SeekableByteChannel file = store.open(location);
    try {
      answer(http, file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private void answer(Context http, SeekableByteChannel file) throws IOException {
    long size = file.size();
    List<String> wanted = http.req().getHeaders("Range") == null ? List.of() : ranges(http);
    ByteRange range = new ByteRange(0, size - 1);
    if (!wanted.isEmpty()) {
      List<ByteRange> ranges = ByteRange.parse(wanted, size);
      if (ranges.isEmpty()) {
        http.header("Content-Range", ByteRange.toNonSatisfiableHeaderValue(size));
        throw new ApiException(
            416, "RANGE_INVALID", "there are %d bytes; ask for a range of them".formatted(size));
      }
      if (ranges.size() == 1) {
        range = ranges.get(0);
        http.status(206).header("Content-Range", range.toHeaderValue(size));
      }
    }
    http.contentType(contentType);
    if (http.method() == HandlerType.HEAD) {
      http.res().setContentLengthLong(range.getLength());
      file.close();
    } else {
      http.res().setContentLengthLong(range.getLength());
      http.result(new Part(file.position(range.first()), range.getLength()));
    }
  }

  // Of a file that isn't the one whose beginning somebody has, the rest is of no use to him.
  private List<String> ranges(Context http) {
    String condition = http.header("If-Range");
    String range = http.header("Range");
    boolean applies =
        http.method() == HandlerType.GET
            && range != null
            && range.startsWith("bytes=")
            && (condition == null || condition.equals(tag));
    return applies ? List.of(range) : List.of();
  }

  private boolean isKnown(String tags) {
    return tags != null
        && Arrays.stream(tags.split(","))
            .map(known -> known.strip().replaceFirst("^W/", ""))
            .anyMatch(known -> known.equals(tag) || known.equals("*"));
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
