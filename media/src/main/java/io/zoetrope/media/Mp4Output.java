package io.zoetrope.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * An MP4 file that is being written; the same packets give the same bytes. Owns the native muxer.
 * For one thread at a time. A file that was not brought to its end by {@link #finish()} is deleted
 * by {@link #close()}.
 */
final class Mp4Output implements AutoCloseable {
  private final Path file;
  private final AVFormatContext container = new AVFormatContext(null);
  private AVIOContext output;
  private boolean created;
  private boolean finished;
  private boolean closed;

  private Mp4Output(Path file) {
    this.file = file;
  }

  /**
   * Creates the file, or empties it.
   *
   * @throws IOException where the file can't be written
   */
  static Mp4Output create(Path file) throws IOException {
    Ffmpeg.quiet();
    Mp4Output created = new Mp4Output(file);
    try {
      created.open();
      return created;
    } catch (IOException | RuntimeException e) {
      created.close();
      throw e;
    }
  }

  private void open() throws IOException {
    String url = "file:" + file.toAbsolutePath();
    check(avformat.avformat_alloc_output_context2(container, null, "mp4", url), "create");
    container.flags(container.flags() | AVFormatContext.AVFMT_FLAG_BITEXACT);
    // Times are what they are: whoever asks for a file knows where they start.
    container.avoid_negative_ts(AVFormatContext.AVFMT_AVOID_NEG_TS_DISABLED);
    AVIOContext opened = new AVIOContext(null);
    check(avformat.avio_open(opened, url, avformat.AVIO_FLAG_WRITE), "write");
    output = opened;
    created = true;
    container.pb(output);
  }

  /** A new stream, of which the caller sets the parameters. The muxer may choose a finer unit. */
  AVStream addStream(Rational timeBase) {
    AVStream stream = avformat.avformat_new_stream(container, null);
    stream.time_base().num(timeBase.numerator()).den(timeBase.denominator());
    return stream;
  }

  /** All streams are there: writes what stands before the first packet. */
  void begin(Map<String, String> options) throws IOException {
    AVDictionary dictionary = new AVDictionary(null);
    try {
      options.forEach((key, value) -> avutil.av_dict_set(dictionary, key, value, 0));
      check(avformat.avformat_write_header(container, dictionary), "write");
    } finally {
      avutil.av_dict_free(dictionary);
    }
  }

  /** Writes a packet whose times are in {@code timeBase}, and leaves it empty. */
  void write(AVPacket packet, AVStream stream, AVRational timeBase) throws IOException {
    try {
      packet.stream_index(stream.index());
      packet.pos(-1);
      avcodec.av_packet_rescale_ts(packet, timeBase, stream.time_base());
      check(avformat.av_write_frame(container, packet), "write");
    } finally {
      avcodec.av_packet_unref(packet);
    }
  }

  /** Ends a fragment. */
  void cut() throws IOException {
    check(avformat.av_write_frame(container, null), "write");
  }

  /**
   * Completes the file, once. Nothing can follow.
   *
   * @throws IOException where the file can't be written
   */
  void finish() throws IOException {
    requireOpen();
    check(avformat.av_write_trailer(container), "finish");
    AVIOContext complete = output;
    output = null;
    check(avformat.avio_closep(complete), "finish");
    finished = true;
  }

  void requireOpen() {
    if (finished || closed) {
      throw new IllegalStateException(file + " is complete or closed");
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (output != null) {
      avformat.avio_closep(output);
    }
    avformat.avformat_free_context(container);
    if (created && !finished) {
      deleteUnfinished();
    }
  }

  private void deleteUnfinished() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("can't delete the unfinished " + file, e);
    }
  }

  private void check(int status, String action) throws IOException {
    if (status < 0) {
      throw new IOException("can't " + action + " " + file + ": " + Ffmpeg.errorText(status));
    }
  }
}
