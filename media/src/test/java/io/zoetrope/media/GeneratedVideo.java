package io.zoetrope.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;

/** A video of variable frame rate that the module makes itself. */
final class GeneratedVideo {
  static final int FRAMES = 90;
  private static final int WIDTH = 160;
  private static final int HEIGHT = 96;

  private GeneratedVideo() {}

  static Path write(Path file) throws IOException {
    Random random = new Random(11);
    byte[] picture = new byte[WIDTH * HEIGHT * 3];
    VideoEncoder.Settings settings =
        new VideoEncoder.Settings(
            WIDTH, HEIGHT, new Rational(1, 1000), new Rational(25, 1), 400_000);
    try (VideoEncoder encoder = VideoEncoder.create(file, settings)) {
      for (int frame = 0; frame < FRAMES; frame++) {
        for (int i = 0; i < picture.length; i++) {
          picture[i] = (byte) (i / 7 + frame * 5 + random.nextInt(8));
        }
        encoder.encode(ByteBuffer.wrap(picture), pts(frame), pts(frame + 1) - pts(frame));
      }
      encoder.finish();
    }
    return file;
  }

  /** In milliseconds: frames come closer and closer together, and then apart again. */
  static long pts(long frame) {
    return 40 * frame + Math.abs(frame - FRAMES / 2) * 3 - FRAMES / 2 * 3;
  }
}
