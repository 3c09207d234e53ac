package io.zoetrope.assembler.stills;

import io.zoetrope.media.Picture;
import io.zoetrope.media.PictureArea;
import java.nio.ByteBuffer;

/**
 * How much detail a picture shows: the variance of its luma's Laplacian, which is little where it
 * is blurred, dark or empty (Pech-Pacheco et al., "Diatom autofocusing in brightfield microscopy",
 * ICPR 2000).
 */
final class Sharpness {
  private static final int MOST_SAMPLES = 1 << 18;

  private Sharpness() {}

  static double of(Picture picture, PictureArea area) {
    ByteBuffer luma = picture.plane(0);
    int stride = picture.stride(0);
    int step = 1;
    while ((long) area.width() * area.height() / ((long) step * step) > MOST_SAMPLES) {
      step++;
    }
    long count = 0;
    long sum = 0;
    long squares = 0;
    for (int y = area.y() + 1; y < area.y() + area.height() - 1; y += step) {
      for (int x = area.x() + 1; x < area.x() + area.width() - 1; x += step) {
        int at = y * stride + x;
        int around =
            at(luma, at - 1) + at(luma, at + 1) + at(luma, at - stride) + at(luma, at + stride);
        int laplacian = around - 4 * at(luma, at);
        count++;
        sum += laplacian;
        squares += (long) laplacian * laplacian;
      }
    }
    double mean = count == 0 ? 0 : (double) sum / count;
    return count == 0 ? 0 : (double) squares / count - mean * mean;
  }

  private static int at(ByteBuffer luma, int index) {
    return luma.get(index) & 0xff;
  }
}
