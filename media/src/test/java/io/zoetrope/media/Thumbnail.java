package io.zoetrope.media;

import java.nio.ByteBuffer;

/** Some of a picture's pixels, to tell it from others. */
final class Thumbnail {
  private static final int STEP = 8;

  private final byte[] luma;

  private Thumbnail(byte[] luma) {
    this.luma = luma;
  }

  static Thumbnail of(Picture picture) {
    return of(
        picture.plane(0), picture.stride(0), picture.format().width(), picture.format().height());
  }

  static Thumbnail of(DecodedFrame frame) {
    int stride = frame.frame().linesize(0);
    long bytes = (long) stride * frame.frame().height();
    return of(
        frame.frame().data(0).capacity(bytes).asByteBuffer(),
        stride,
        frame.frame().width(),
        frame.frame().height());
  }

  private static Thumbnail of(ByteBuffer luma, int stride, int width, int height) {
    ByteBuffer some = ByteBuffer.allocate((width / STEP) * (height / STEP));
    for (int y = 0; y < height / STEP; y++) {
      for (int x = 0; x < width / STEP; x++) {
        some.put(luma.get((y * STEP + STEP / 2) * stride + x * STEP + STEP / 2));
      }
    }
    return new Thumbnail(some.array());
  }

  /** How far apart two pictures are on average, 0 to 255 a pixel. */
  double distance(Thumbnail other) {
    long sum = 0;
    for (int i = 0; i < luma.length; i++) {
      sum += Math.abs((luma[i] & 255) - (other.luma[i] & 255));
    }
    return (double) sum / luma.length;
  }
}
