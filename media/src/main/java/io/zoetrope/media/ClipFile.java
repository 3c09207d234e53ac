package io.zoetrope.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * An MP4 file that packets are copied to as they are. What has a time before 0 is in it for the
 * decoder and hidden by an edit list. Owns the native muxer; a file that isn't finished goes.
 */
final class ClipFile implements AutoCloseable {
  private static final int FINEST_TIMESCALE = 1_000_000;

  private final Path file;
  private final AVFormatContext container = new AVFormatContext(null);
  private final AVPacket packet = avcodec.av_packet_alloc();
  private AVIOContext output;
  private boolean finished;

  ClipFile(Path file) throws IOException {
    this.file = file;
    try {
      check(
          avformat.avformat_alloc_output_context2(container, null, "mp4", url(file)), "create");
      container.flags(container.flags() | AVFormatContext.AVFMT_FLAG_BITEXACT);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /** Whether such a file can hold what is encoded so. */
  static boolean holds(int codecId) {
    AVOutputFormat mp4 = avformat.av_guess_format("mp4", null, null);
    return avformat.avformat_query_codec(mp4, codecId, avcodec.FF_COMPLIANCE_NORMAL) == 1;
  }

  /** A further stream, whose ordinal it returns. */
  int addStream(AVCodecParameters parameters, Rational timeBase) throws IOException {
    AVStream stream = avformat.avformat_new_stream(container, null);
    check(avcodec.avcodec_parameters_copy(stream.codecpar(), parameters), "describe");
    int tag = parameters.codec_tag();
    boolean known =
        avformat.av_codec_get_id(container.oformat().codec_tag(), tag) == parameters.codec_id();
    stream.codecpar().codec_tag(known ? tag : 0);
    stream.time_base().num(timeBase.numerator()).den(timeBase.denominator());
    return stream.index();
  }

  /** Begins the file, after the last stream. */
  void begin(Rational timeBase) throws IOException {
    AVIOContext opened = new AVIOContext(null);
    check(avformat.avio_open(opened, url(file), avformat.AVIO_FLAG_WRITE), "write");
    output = opened;
    container.pb(output);
    AVDictionary options = new AVDictionary(null);
    try {
      int scale = timeBase.numerator() == 1 ? timeBase.denominator() : FINEST_TIMESCALE;
      avutil.av_dict_set(options, "movie_timescale", Integer.toString(scale), 0);
      avutil.av_dict_set(options, "use_editlist", "1", 0);
      avutil.av_dict_set(options, "avoid_negative_ts", "disabled", 0);
      check(avformat.avformat_write_header(container, options), "write");
    } finally {
      avutil.av_dict_free(options);
    }
  }

  /**
   * Writes a packet; of each stream in decoding order.
   *
   * @param timeBase of the packet's times
   * @param start the time that is 0 in the file
   */
  void write(int stream, VideoPacket source, Rational timeBase, long start) throws IOException {
    ByteBuffer data = source.data().duplicate();
    Ffmpeg.requireSuccess(avcodec.av_new_packet(packet, data.remaining()), "av_new_packet");
    packet.data().capacity(data.remaining()).asByteBuffer().put(data);
    packet
        .stream_index(stream)
        .pts(source.pts() - start)
        .dts(source.dts() - start)
        .duration(source.duration())
        .flags(source.flags() & avcodec.AV_PKT_FLAG_KEY);
    try (AVRational from = new AVRational()) {
      from.num(timeBase.numerator()).den(timeBase.denominator());
      AVStream target = new AVStream(container.streams().get(stream));
      avcodec.av_packet_rescale_ts(packet, from, target.time_base());
    }
    check(avformat.av_interleaved_write_frame(container, packet), "write");
  }

  /** Completes the file, once. */
  void finish() throws IOException {
    check(avformat.av_write_trailer(container), "finish");
    AVIOContext complete = output;
    output = null;
    check(avformat.avio_closep(complete), "finish");
    finished = true;
  }

  @Override
  public void close() throws IOException {
    boolean begun = output != null;
    if (begun) {
      avformat.avio_closep(output);
      output = null;
    }
    avcodec.av_packet_free(packet);
    avformat.avformat_free_context(container);
    if (begun && !finished) {
      Files.deleteIfExists(file);
    }
  }

  private static String url(Path file) {
    return "file:" + file.toAbsolutePath();
  }

  private void check(int status, String action) throws IOException {
    if (status < 0) {
      throw new IOException("can't " + action + " " + file + ": " + Ffmpeg.errorText(status));
    }
  }
}
