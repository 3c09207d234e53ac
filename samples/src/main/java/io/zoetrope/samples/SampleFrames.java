package io.zoetrope.samples;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes frames of many scenes for training: the pictures as raw RGB24 (640 × 360) to standard
 * output, one after the other, and their truth to a file, a line per picture.
 */
public final class SampleFrames {
  private static final String USAGE =
      "usage: SampleFrames FIRST-SEED SEEDS FRAMES-PER-SEED STEP TRUTH.jsonl > FRAMES.rgb";

  private SampleFrames() {}

  /**
   * Arguments as in the usage line; {@code STEP} is the distance between two frames of one scene.
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 5) {
      System.err.println(USAGE);
      System.exit(2);
    }
    long firstSeed = Long.parseLong(args[0]);
    int seeds = Integer.parseInt(args[1]);
    int framesPerSeed = Integer.parseInt(args[2]);
    int step = Integer.parseInt(args[3]);
    try (OutputStream pictures =
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 20);
        PrintStream truth =
            new PrintStream(
                Files.newOutputStream(Path.of(args[4])), false, StandardCharsets.UTF_8)) {
      for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
        Scene scene = new Scene(seed);
        for (int i = 0; i < framesPerSeed; i++) {
          SceneFrame frame = scene.frame(i * step);
          pictures.write(frame.rgb().array());
          truth.println(frame.truth().toJson());
        }
      }
    }
  }
}
