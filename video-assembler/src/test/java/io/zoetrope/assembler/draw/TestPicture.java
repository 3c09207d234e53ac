package io.zoetrope.assembler.draw;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A picture in memory to draw on, with more bytes per row than samples. */
record TestPicture(Canvas canvas) {
  private static final int SPARE = 24;

  static TestPicture of(int width, int height, int luma) {
    return of(width, height, luma, Colours.of("bt709", false));
  }

  static TestPicture of(int width, int height, int luma, Colours colours) {
    return new TestPicture(
        new Canvas(
            width,
            height,
            plane(width + SPARE, height, luma),
            width + SPARE,
            plane(width / 2 + SPARE, height / 2, 128),
            plane(width / 2 + SPARE, height / 2, 128),
            width / 2 + SPARE,
            colours));
  }

  /** One whose samples all differ from their neighbours'. */
  static TestPicture textured(int width, int height, int seed) {
    TestPicture picture = of(width, height, 0);
    for (ByteBuffer plane :
        new ByteBuffer[] {picture.canvas.luma(), picture.canvas.cb(), picture.canvas.cr()}) {
      for (int at = 0; at < plane.capacity(); at++) {
        int mixed = (at + seed) * 0x9E3779B1;
        plane.put(at, (byte) (16 + (((mixed >>> 24) * 219) >> 8)));
      }
    }
    return picture;
  }

  int luma(int x, int y) {
    return canvas.luma().get(y * canvas.lumaStride() + x) & 255;
  }

  int cb(int x, int y) {
    return canvas.cb().get(y / 2 * canvas.chromaStride() + x / 2) & 255;
  }

  int cr(int x, int y) {
    return canvas.cr().get(y / 2 * canvas.chromaStride() + x / 2) & 255;
  }

  Tone tone(int x, int y) {
    return new Tone(luma(x, y), cb(x, y), cr(x, y));
  }

  /** SHA-256 of all bytes, those beside the picture too. */
  String digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(canvas.luma().duplicate().clear());
      digest.update(canvas.cb().duplicate().clear());
      digest.update(canvas.cr().duplicate().clear());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static ByteBuffer plane(int stride, int rows, int value) {
    ByteBuffer plane = ByteBuffer.allocateDirect(stride * rows);
    for (int at = 0; at < plane.capacity(); at++) {
      plane.put(at, (byte) value);
    }
    return plane;
  }
}
