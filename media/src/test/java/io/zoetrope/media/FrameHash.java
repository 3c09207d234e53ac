package io.zoetrope.media;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/** A checksum of a picture's size, format and planes, without the padding between its rows. */
final class FrameHash {
  private FrameHash() {}

  static long of(AVFrame frame) {
    int size = avutil.av_image_get_buffer_size(frame.format(), frame.width(), frame.height(), 1);
    ByteBuffer packed = ByteBuffer.allocateDirect(size);
    avutil.av_image_copy_to_buffer(
        new BytePointer(packed),
        size,
        frame.data(),
        frame.linesize(),
        frame.format(),
        frame.width(),
        frame.height(),
        1);
    CRC32C checksum = new CRC32C();
    checksum.update(packed);
    return checksum.getValue() << 32
        | ((long) frame.format() << 26 ^ (long) frame.width() << 13 ^ frame.height());
  }
}
