package io.zoetrope.assembler.stills;

import io.zoetrope.assembler.annotation.RunFrame;
import io.zoetrope.assembler.annotation.RunObject;
import io.zoetrope.events.FrameStatus;
import io.zoetrope.media.EncoderSettings;
import io.zoetrope.media.Picture;
import io.zoetrope.media.PictureFormat;
import io.zoetrope.media.Preset;
import io.zoetrope.media.Rational;
import io.zoetrope.media.SegmentJoin;
import io.zoetrope.media.SegmentWriter;
import io.zoetrope.media.VideoCodec;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A white square that goes from left to right over grey, and a run that has seen it in every frame;
 * in one of them it is surer than in any other, and another one failed.
 */
final class MovingSquare implements RunFindings {
  static final String VIDEO = "0123456789abcdef0123456789abcdef";
  static final String RUN = "0123456789abcdef01234567";
  static final int WIDTH = 320;
  static final int HEIGHT = 180;
  static final int SIDE = 40;
  static final int TOP = 60;
  static final int FRAMES = 75;
  static final int SUREST = 50;
  static final int FAILED = 30;

  private static final int KEYFRAMES = 25;
  private static final int GREY = 100;
  private static final int WHITE = 235;
  private static final long MICROS = 40_000;

  private final Path file;

  /** Makes the video in a folder. */
  MovingSquare(Path folder) throws IOException {
    file = folder.resolve("square.mp4");
    PictureFormat format =
        new PictureFormat(WIDTH, HEIGHT, new Rational(1, 1), "bt709", "bt709", "bt709", false);
    EncoderSettings settings =
        new EncoderSettings(
            VideoCodec.H264, Preset.BALANCED, format, new Rational(1, 25), new Rational(25, 1));
    List<Path> segments = new ArrayList<>();
    try (Picture picture = Picture.allocate(format)) {
      for (int first = 0; first < FRAMES; first += KEYFRAMES) {
        Path segment = folder.resolve(first + ".mp4");
        try (SegmentWriter writer = SegmentWriter.create(segment, settings)) {
          for (int frame = first; frame < first + KEYFRAMES; frame++) {
            draw(picture, frame);
            writer.encode(picture, frame, 1);
          }
          writer.finish();
        }
        segments.add(segment);
      }
    }
    SegmentJoin.join(
        file,
        segments.stream()
            .<SegmentJoin.Source>map(segment -> () -> Files.newByteChannel(segment))
            .toList(),
        Optional.empty());
  }

  /** Where the square is in a frame. */
  static int left(int frame) {
    return 20 + 3 * frame;
  }

  static long micros(int frame) {
    return frame * MICROS;
  }

  URI location() {
    return file.toUri();
  }

  @Override
  public void frames(
      String videoId, String runId, long fromMicros, long toMicros, Consumer<RunFrame> taker) {
    IntStream.range(0, FRAMES)
        .filter(frame -> videoId.equals(VIDEO) && runId.equals(RUN))
        .filter(frame -> micros(frame) >= fromMicros && micros(frame) < toMicros)
        .mapToObj(MovingSquare::frame)
        .forEach(taker);
  }

  static List<Long> times(int first, int end) {
    return LongStream.range(0, end - first).mapToObj(frame -> frame * MICROS).toList();
  }

  private static RunFrame frame(int frame) {
    boolean failed = frame == FAILED;
    RunObject square =
        new RunObject("square", 0, frame == SUREST ? 0.95f : 0.8f, left(frame), TOP, SIDE, SIDE);
    return new RunFrame(
        frame,
        OptionalLong.of(micros(frame)),
        failed ? FrameStatus.FAILED : FrameStatus.PROCESSED,
        failed ? Optional.of("BATCH_LOST") : Optional.empty(),
        failed ? 0 : WIDTH,
        failed ? 0 : HEIGHT,
        failed ? List.of() : List.of(square));
  }

  private static void draw(Picture picture, int frame) {
    picture.fill(GREY);
    ByteBuffer luma = picture.plane(0);
    for (int y = TOP; y < TOP + SIDE; y++) {
      for (int x = left(frame); x < left(frame) + SIDE; x++) {
        luma.put(y * picture.stride(0) + x, (byte) WHITE);
      }
    }
  }
}
