package io.zoetrope.media;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * A picture of smooth gradients, different along each axis and in each component, so that the value
 * at any point of it, however it is scaled and turned, can be said without scaling anything.
 */
record SyntheticPicture(int width, int height, int colorSpace, boolean fullRange) {
  double luma(double x, double y) {
    return 80 + 70 * x / width + 40 * y / height;
  }

  double blueDifference(double x) {
    return 110 + 30 * x / width;
  }

  double redDifference(double y) {
    return 115 + 25 * y / height;
  }

  /** Red, green and blue from 0 to 1 at a point, pixel (0, 0) having its centre at (0.5, 0.5). */
  double[] rgb(double x, double y) {
    double scaleY = fullRange ? 255 : 219;
    double scaleC = fullRange ? 255 : 224;
    double luma = (luma(x, y) - (fullRange ? 0 : 16)) / scaleY;
    double cb = (blueDifference(x) - 128) / scaleC;
    double cr = (redDifference(y) - 128) / scaleC;
    // ITU-R BT.709 and BT.601: the shares of red and blue in luma.
    boolean bt709 = colorSpace == avutil.AVCOL_SPC_BT709;
    double kr = bt709 ? 0.2126 : 0.299;
    double kb = bt709 ? 0.0722 : 0.114;
    double red = luma + 2 * (1 - kr) * cr;
    double blue = luma + 2 * (1 - kb) * cb;
    double green = (luma - kr * red - kb * blue) / (1 - kr - kb);
    return new double[] {red, green, blue};
  }

  /** The picture as a decoder would give it, 4:4:4 so that chroma has no sampling of its own. */
  AVFrame frame() {
    AVFrame frame = avutil.av_frame_alloc();
    frame
        .format(avutil.AV_PIX_FMT_YUV444P)
        .width(width)
        .height(height)
        .colorspace(colorSpace)
        .color_range(fullRange ? avutil.AVCOL_RANGE_JPEG : avutil.AVCOL_RANGE_MPEG);
    Ffmpeg.requireSuccess(avutil.av_frame_get_buffer(frame, 0), "av_frame_get_buffer");
    byte[][] rows = new byte[3][width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        rows[0][x] = (byte) Math.round(luma(x + 0.5, y + 0.5));
        rows[1][x] = (byte) Math.round(blueDifference(x + 0.5));
        rows[2][x] = (byte) Math.round(redDifference(y + 0.5));
      }
      for (int plane = 0; plane < rows.length; plane++) {
        frame.data(plane).position((long) y * frame.linesize(plane)).put(rows[plane]);
      }
    }
    return frame;
  }
}
