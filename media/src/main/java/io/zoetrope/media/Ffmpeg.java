package io.zoetrope.media;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.bytedeco.ffmpeg.global.avutil;

/** What all callers of FFmpeg's native libraries share: their silence and their error texts. */
final class Ffmpeg {
  /** {@code AVERROR(EAGAIN)} and others on Linux. */
  static final int EAGAIN = -11;

  static final int EIO = -5;
  static final int EPERM = -1;
  static final int EINVAL = -22;
  static final int ENOMEM = -12;

  private static final int LONGEST_TEXT = 128;
  private static long largestBlock;

  private Ffmpeg() {}

  /** Keeps FFmpeg from writing to stderr: what goes wrong is told by exceptions and outcomes. */
  static void quiet() {
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
  }

  /**
   * Refuses single blocks of native memory that are larger than {@code bytes}, and than those that
   * were allowed before: the limit is one for the whole process.
   */
  static synchronized void limitBlocks(long bytes) {
    if (bytes > largestBlock) {
      largestBlock = bytes;
      avutil.av_max_alloc(bytes);
    }
  }

  /** FFmpeg's own words for one of its negative return values. */
  static String errorText(int error) {
    byte[] text = new byte[LONGEST_TEXT];
    avutil.av_strerror(error, text, text.length);
    int length = 0;
    while (length < text.length && text[length] != 0) {
      length++;
    }
    return new String(text, 0, length, UTF_8);
  }

  /** Passes on what a call returned unless it is an error that only a lack of memory explains. */
  static int requireSuccess(int result, String call) {
    if (result < 0) {
      throw new IllegalStateException(call + ": " + errorText(result));
    }
    return result;
  }
}
