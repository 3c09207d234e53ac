package io.zoetrope.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;

/**
 * Writes pictures as H.264 (openh264, High profile, one key frame every {@value
 * #KEY_FRAME_INTERVAL} pictures unless told otherwise, no B frames) into an MP4 file whose index
 * stands before the data. Colours are BT.709, limited range, and the file says so. The same
 * pictures give the same bytes.
 *
 * <p>Owns all native memory that it uses. For one thread at a time. A file that was not brought to
 * its end by {@link #finish()} is deleted by {@link #close()}.
 */
public final class VideoEncoder implements AutoCloseable {
  private static final int KEY_FRAME_INTERVAL = 50;
  private static final int ONE = 1 << 16;

  /**
   * What is to be written.
   *
   * @param width pixels, even: 4:2:0 has no odd sizes
   * @param height pixels, even
   * @param timeBase the unit of the pictures' times
   * @param frameRate nominal; the pictures' own times are kept whatever it says
   * @param bitRate bits per second that the encoder should need on average
   * @param keyFrameInterval pictures from one key frame to the next
   */
  public record Settings(
      int width,
      int height,
      Rational timeBase,
      Rational frameRate,
      int bitRate,
      int keyFrameInterval) {
    public Settings(int width, int height, Rational timeBase, Rational frameRate, int bitRate) {
      this(width, height, timeBase, frameRate, bitRate, KEY_FRAME_INTERVAL);
    }

    public Settings {
      if (width <= 0 || height <= 0 || width % 2 != 0 || height % 2 != 0) {
        throw new IllegalArgumentException(
            "H.264 pictures need even sizes, not " + width + " × " + height);
      }
      if (!timeBase.isKnown() || !frameRate.isKnown() || bitRate <= 0) {
        throw new IllegalArgumentException("time base, frame rate and bit rate must be positive");
      }
    }
  }

  private final Path file;
  private final Settings settings;
  private final AVCodecContext codec = avcodec.avcodec_alloc_context3(openh264());
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final AVFrame rgb = avutil.av_frame_alloc();
  private final AVFrame yuv = avutil.av_frame_alloc();
  private final AVFormatContext container = new AVFormatContext(null);
  private AVIOContext output;
  private AVStream stream;
  private SwsContext converter;
  private long lastPts = Long.MIN_VALUE;
  private boolean created;
  private boolean finished;
  private boolean closed;

  private VideoEncoder(Path file, Settings settings) {
    this.file = file;
    this.settings = settings;
  }

  /**
   * Creates the file, or empties it.
   *
   * @throws IOException where the file can't be written
   */
  public static VideoEncoder create(Path file, Settings settings) throws IOException {
    Ffmpeg.quiet();
    VideoEncoder encoder = new VideoEncoder(file, settings);
    try {
      encoder.openCodec();
      encoder.openConverter();
      encoder.openContainer();
      return encoder;
    } catch (IOException | RuntimeException e) {
      encoder.close();
      throw e;
    }
  }

  private static AVCodec openh264() {
    AVCodec codec = avcodec.avcodec_find_encoder_by_name("libopenh264");
    if (codec == null) {
      throw new IllegalStateException("this FFmpeg was built without openh264");
    }
    return codec;
  }

  private void openCodec() throws IOException {
    codec.width(settings.width());
    codec.height(settings.height());
    codec.pix_fmt(avutil.AV_PIX_FMT_YUV420P);
    codec.color_range(avutil.AVCOL_RANGE_MPEG);
    codec.colorspace(avutil.AVCOL_SPC_BT709);
    codec.color_primaries(avutil.AVCOL_PRI_BT709);
    codec.color_trc(avutil.AVCOL_TRC_BT709);
    codec.chroma_sample_location(avutil.AVCHROMA_LOC_LEFT);
    set(codec.time_base(), settings.timeBase());
    set(codec.framerate(), settings.frameRate());
    codec.bit_rate(settings.bitRate());
    codec.gop_size(settings.keyFrameInterval());
    codec.profile(avcodec.AV_PROFILE_H264_HIGH);
    // More threads or slices would make the bytes depend on the machine.
    codec.thread_count(1);
    codec.slices(1);
    codec.flags(
        codec.flags() | avcodec.AV_CODEC_FLAG_BITEXACT | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
    AVDictionary options = new AVDictionary(null);
    try {
      avutil.av_dict_set(options, "rc_mode", "quality", 0);
      avutil.av_dict_set(options, "allow_skip_frames", "0", 0);
      check(avcodec.avcodec_open2(codec, openh264(), options), "open the encoder for");
    } finally {
      avutil.av_dict_free(options);
    }
  }

  private void openConverter() throws IOException {
    allocate(rgb, avutil.AV_PIX_FMT_RGB24);
    allocate(yuv, avutil.AV_PIX_FMT_YUV420P);
    yuv.color_range(avutil.AVCOL_RANGE_MPEG);
    yuv.colorspace(avutil.AVCOL_SPC_BT709);
    converter =
        swscale.sws_getContext(
            settings.width(),
            settings.height(),
            avutil.AV_PIX_FMT_RGB24,
            settings.width(),
            settings.height(),
            avutil.AV_PIX_FMT_YUV420P,
            // Without these two the pixels depend on the processor's vector instructions.
            swscale.SWS_BILINEAR | swscale.SWS_ACCURATE_RND | swscale.SWS_BITEXACT,
            null,
            null,
            (DoublePointer) null);
    IntPointer bt709 = swscale.sws_getCoefficients(swscale.SWS_CS_ITU709);
    check(
        swscale.sws_setColorspaceDetails(converter, bt709, 1, bt709, 0, 0, ONE, ONE),
        "convert the colours of");
  }

  private void allocate(AVFrame frame, int pixelFormat) throws IOException {
    frame.format(pixelFormat);
    frame.width(settings.width());
    frame.height(settings.height());
    check(avutil.av_frame_get_buffer(frame, 0), "allocate pictures for");
  }

  private void openContainer() throws IOException {
    String url = "file:" + file.toAbsolutePath();
    check(avformat.avformat_alloc_output_context2(container, null, "mp4", url), "create");
    container.flags(container.flags() | AVFormatContext.AVFMT_FLAG_BITEXACT);
    stream = avformat.avformat_new_stream(container, null);
    set(stream.time_base(), settings.timeBase());
    set(stream.avg_frame_rate(), settings.frameRate());
    check(avcodec.avcodec_parameters_from_context(stream.codecpar(), codec), "describe");
    AVIOContext opened = new AVIOContext(null);
    check(avformat.avio_open(opened, url, avformat.AVIO_FLAG_WRITE), "write");
    output = opened;
    created = true;
    container.pb(output);
    AVDictionary options = new AVDictionary(null);
    try {
      avutil.av_dict_set(options, "movflags", "+faststart", 0);
      check(avformat.avformat_write_header(container, options), "write");
    } finally {
      avutil.av_dict_free(options);
    }
  }

  /**
   * Encodes the next picture.
   *
   * @param picture RGB24, {@code byte[height * width * 3]}, rows from the top without padding; read
   *     from its position, which stays where it is
   * @param pts in units of the time base, greater than the one before
   * @param duration how long the picture is shown, in units of the time base
   * @throws IllegalArgumentException where the picture's size or its time is wrong
   * @throws IOException where the file can't be written
   */
  public void encode(ByteBuffer picture, long pts, long duration) throws IOException {
    requireOpen();
    int rowBytes = 3 * settings.width();
    if (picture.remaining() != rowBytes * settings.height()) {
      throw new IllegalArgumentException(
          picture.remaining() + " bytes are no picture of " + rowBytes * settings.height());
    }
    if (pts <= lastPts) {
      throw new IllegalArgumentException("time " + pts + " is not after " + lastPts);
    }
    lastPts = pts;
    int stride = rgb.linesize(0);
    ByteBuffer rows = rgb.data(0).capacity((long) stride * settings.height()).asByteBuffer();
    for (int y = 0; y < settings.height(); y++) {
      rows.put(y * stride, picture, picture.position() + y * rowBytes, rowBytes);
    }
    check(avutil.av_frame_make_writable(yuv), "encode a picture of");
    check(
        swscale.sws_scale(
            converter,
            rgb.data(),
            rgb.linesize(),
            0,
            settings.height(),
            yuv.data(),
            yuv.linesize()),
        "convert the colours of");
    yuv.pts(pts);
    yuv.duration(duration);
    check(avcodec.avcodec_send_frame(codec, yuv), "encode a picture of");
    writePackets();
  }

  /**
   * Completes the file, once. No picture can follow.
   *
   * @throws IOException where the file can't be written
   */
  public void finish() throws IOException {
    requireOpen();
    check(avcodec.avcodec_send_frame(codec, null), "finish");
    writePackets();
    check(avformat.av_write_trailer(container), "finish");
    AVIOContext complete = output;
    output = null;
    check(avformat.avio_closep(complete), "finish");
    finished = true;
  }

  private void requireOpen() {
    if (finished || closed) {
      throw new IllegalStateException(file + " is complete or closed");
    }
  }

  private void writePackets() throws IOException {
    while (true) {
      int status = avcodec.avcodec_receive_packet(codec, packet);
      if (status == Ffmpeg.EAGAIN || status == avutil.AVERROR_EOF) {
        return;
      }
      check(status, "encode a picture of");
      packet.stream_index(stream.index());
      avcodec.av_packet_rescale_ts(packet, codec.time_base(), stream.time_base());
      check(avformat.av_interleaved_write_frame(container, packet), "write");
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
    swscale.sws_freeContext(converter);
    avutil.av_frame_free(yuv);
    avutil.av_frame_free(rgb);
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(codec);
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

  private static void set(AVRational field, Rational value) {
    field.num(value.numerator()).den(value.denominator());
  }

  private void check(int status, String action) throws IOException {
    if (status < 0) {
      throw new IOException("can't " + action + " " + file + ": " + Ffmpeg.errorText(status));
    }
  }
}
