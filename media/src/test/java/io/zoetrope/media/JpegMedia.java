package io.zoetrope.media;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/** MP4 files around a JPEG picture: cover art, or a video that claims an outrageous size. */
final class JpegMedia {
  private static final int SIDE = 16;
  private static final int FRAMES = 5;

  private JpegMedia() {}

  static void coverArt(Path file) throws IOException {
    write(file, jpeg(), SIDE, 1, avformat.AV_DISPOSITION_ATTACHED_PIC);
  }

  /** The pictures are {@code side} pixels wide and high by their own headers. */
  static void video(Path file, int side) throws IOException {
    byte[] jpeg = jpeg();
    int startOfFrame = 0;
    while ((jpeg[startOfFrame] & 0xff) != 0xff || (jpeg[startOfFrame + 1] & 0xff) != 0xc0) {
      startOfFrame++;
    }
    ByteBuffer.wrap(jpeg)
        .putShort(startOfFrame + 5, (short) side)
        .putShort(startOfFrame + 7, (short) side);
    write(file, jpeg, side, FRAMES, 0);
  }

  private static byte[] jpeg() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB), "jpg", bytes);
    return bytes.toByteArray();
  }

  private static void write(Path file, byte[] jpeg, int side, int frames, int disposition) {
    AVFormatContext output = new AVFormatContext(null);
    check(avformat.avformat_alloc_output_context2(output, null, "mp4", file.toString()));
    AVStream stream = avformat.avformat_new_stream(output, null);
    stream
        .codecpar()
        .codec_type(avutil.AVMEDIA_TYPE_VIDEO)
        .codec_id(avcodec.AV_CODEC_ID_MJPEG)
        .width(side)
        .height(side);
    stream.time_base(new AVRational().num(1).den(25)).disposition(disposition);
    AVIOContext io = new AVIOContext(null);
    check(avformat.avio_open(io, file.toString(), avformat.AVIO_FLAG_WRITE));
    output.pb(io);
    check(avformat.avformat_write_header(output, (AVDictionary) null));
    AVPacket packet = avcodec.av_packet_alloc();
    for (int i = 0; i < frames; i++) {
      check(avcodec.av_new_packet(packet, jpeg.length));
      packet.data().put(jpeg);
      long time = (long) i * stream.time_base().den() / 25;
      packet.flags(avcodec.AV_PKT_FLAG_KEY).stream_index(0).pts(time).dts(time);
      check(avformat.av_interleaved_write_frame(output, packet));
    }
    check(avformat.av_write_trailer(output));
    avcodec.av_packet_free(packet);
    avformat.avio_closep(io);
    avformat.avformat_free_context(output);
  }

  private static void check(int result) {
    Ffmpeg.requireSuccess(result, "writing a JPEG video");
  }
}
