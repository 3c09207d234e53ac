package io.zoetrope.samples;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The files that come with the project: a short video, its truth, and the model that finds its
 * shapes. The video is what {@link SampleVideo} makes of {@link #VIDEO_SEED} and {@link
 * #VIDEO_FRAMES}. Any thread may call.
 */
public final class Samples {
  public static final long VIDEO_SEED = 53;
  public static final int VIDEO_FRAMES = 7 * Scene.FRAMES_PER_SECOND;

  private static final String VIDEO = "demo.mp4";
  private static final String TRUTH = "demo.truth.jsonl";
  private static final String MODEL = "zoetrope-shapes.onnx";

  private Samples() {}

  /**
   * Puts {@code demo.mp4} into the folder, which is created if need be.
   *
   * @return the file
   * @throws IOException where it can't be written
   */
  public static Path copyVideo(Path folder) throws IOException {
    return copy(VIDEO, folder);
  }

  /** Likewise {@code demo.truth.jsonl}, a {@link FrameTruth#toJson()} per frame of the video. */
  public static Path copyTruth(Path folder) throws IOException {
    return copy(TRUTH, folder);
  }

  /**
   * Likewise {@code zoetrope-shapes.onnx}: a YOLO with Ultralytics' v8 layout, {@code
   * float[batch][3][192][320]} to {@code float[batch][10][1260]}, and the labels of {@link
   * ShapeClass}.
   */
  public static Path copyModel(Path folder) throws IOException {
    return copy(MODEL, folder);
  }

  private static Path copy(String name, Path folder) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(name);
    // Nobody ever sees half a file under its name, not even another process that copies too.
    Path partial = Files.createTempFile(folder, name, ".part");
    try (InputStream bytes = Samples.class.getResourceAsStream(name)) {
      if (bytes == null) {
        throw new IllegalStateException("the samples' jar lacks " + name);
      }
      Files.copy(bytes, partial, StandardCopyOption.REPLACE_EXISTING);
      return Files.move(
          partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
