package io.zoetrope.assembler.segments;

import io.zoetrope.assembler.annotation.RunFrame;
import io.zoetrope.assembler.annotation.RunObject;
import io.zoetrope.events.FrameStatus;
import io.zoetrope.media.Rational;
import io.zoetrope.media.VideoEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A video of a white square that goes across a grey picture, two pixels a frame, and what a perfect
 * detector finds in it. Every third frame is shown twice as long as the others.
 */
record MovingSquare(int frames, int keyFrameInterval) {
  static final int WIDTH = 320;
  static final int HEIGHT = 180;
  static final int SIDE = 40;
  static final int TOP = 100;
  static final int GREY = 90;

  private static final Rational TIME_BASE = new Rational(1, 12_800);
  private static final int DURATION = 512;

  static int left(long frame) {
    return 10 + (int) (2 * frame % 260);
  }

  /** When a frame is shown, in ticks of the video. */
  static long pts(long frame) {
    return DURATION * (frame + (frame + 2) / 3);
  }

  static long micros(long frame) {
    return pts(frame) * 1_000_000 / TIME_BASE.denominator();
  }

  /** What a run has of a frame. */
  static RunFrame found(long frame) {
    return new RunFrame(
        frame,
        OptionalLong.of(micros(frame)),
        FrameStatus.PROCESSED,
        Optional.empty(),
        WIDTH,
        HEIGHT,
        List.of(new RunObject("square", 1, 0.9f, left(frame), TOP, SIDE, SIDE)));
  }

  /** What a run has of a frame that came to another end. */
  static RunFrame ended(long frame, FrameStatus status, String code) {
    return new RunFrame(
        frame, OptionalLong.of(micros(frame)), status, Optional.ofNullable(code), 0, 0, List.of());
  }

  Path write(Path file) throws IOException {
    VideoEncoder.Settings settings =
        new VideoEncoder.Settings(
            WIDTH, HEIGHT, TIME_BASE, new Rational(25, 1), 400_000, keyFrameInterval);
    try (VideoEncoder encoder = VideoEncoder.create(file, settings)) {
      for (int frame = 0; frame < frames; frame++) {
        encoder.encode(picture(frame), pts(frame), pts(frame + 1) - pts(frame));
      }
      encoder.finish();
    }
    return file;
  }

  private static ByteBuffer picture(int frame) {
    ByteBuffer picture = ByteBuffer.allocateDirect(3 * WIDTH * HEIGHT);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int from = left(frame);
        boolean inside = x >= from && x < from + SIDE && y >= TOP && y < TOP + SIDE;
        byte value = (byte) (inside ? 255 : GREY);
        picture.put(value).put(value).put(value);
      }
    }
    return picture.flip();
  }
}
