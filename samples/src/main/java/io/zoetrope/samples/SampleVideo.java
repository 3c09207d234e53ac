package io.zoetrope.samples;

import io.zoetrope.media.Rational;
import io.zoetrope.media.VideoEncoder;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the first frames of a {@link Scene} as an H.264 video in an MP4 file, and their truth
 * beside it as JSON Lines, one {@link FrameTruth#toJson()} a frame. The same seed and length give
 * the same bytes.
 */
public final class SampleVideo {
  private static final String USAGE = "usage: SampleVideo SEED SECONDS VIDEO.mp4 TRUTH.jsonl";
  private static final int BIT_RATE = 2_000_000;

  private SampleVideo() {}

  /** Arguments as in the usage line. */
  public static void main(String[] args) throws IOException {
    if (args.length != 4) {
      System.err.println(USAGE);
      System.exit(2);
    }
    int frames = (int) Math.round(Double.parseDouble(args[1]) * Scene.FRAMES_PER_SECOND);
    write(Long.parseLong(args[0]), frames, Path.of(args[2]), Path.of(args[3]));
  }

  /**
   * Writes both files, in place of any that are there.
   *
   * @param seed seeds from 1,000,000 on were used for training the bundled model
   * @return the truth of every frame, as written
   * @throws IOException where a file can't be written
   */
  public static List<FrameTruth> write(long seed, int frames, Path video, Path truth)
      throws IOException {
    Scene scene = new Scene(seed);
    Rational frameRate = new Rational(Scene.FRAMES_PER_SECOND, 1);
    Rational timeBase = new Rational(1, Scene.FRAMES_PER_SECOND);
    VideoEncoder.Settings settings =
        new VideoEncoder.Settings(Scene.WIDTH, Scene.HEIGHT, timeBase, frameRate, BIT_RATE);
    List<FrameTruth> written = new ArrayList<>();
    try (VideoEncoder encoder = VideoEncoder.create(video, settings);
        BufferedWriter lines = Files.newBufferedWriter(truth)) {
      for (int i = 0; i < frames; i++) {
        SceneFrame frame = scene.frame(i);
        encoder.encode(frame.rgb(), i, 1);
        lines.write(frame.truth().toJson());
        lines.write('\n');
        written.add(frame.truth());
      }
      encoder.finish();
    }
    return written;
  }
}
