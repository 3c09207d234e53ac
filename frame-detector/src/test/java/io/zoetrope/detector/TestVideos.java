package io.zoetrope.detector;

import io.zoetrope.media.CutOptions;
import io.zoetrope.media.PacketBatch;
import io.zoetrope.media.Rational;
import io.zoetrope.media.VideoCutter;
import io.zoetrope.media.VideoEncoder;
import io.zoetrope.media.VideoStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Videos for the colour finders: one saturated cell that walks over grey. */
public final class TestVideos {
  /** Width and height of the pictures, and of the colour finders' input. */
  public static final int SIZE = 64;

  /** Width and height of the walking cell. */
  public static final int CELL = 16;

  private static final int[] COLOURS = {0xff0000, 0x00ff00, 0x0000ff};

  private TestVideos() {}

  /** A video, cut. */
  public record Cut(VideoStream stream, List<PacketBatch> batches) {}

  /** The class that frame {@code index} of a walk shows. */
  public static int classId(int index) {
    return index % COLOURS.length;
  }

  /** Where the cell of frame {@code index} of a walk begins, in x and y alike. */
  public static int corner(int index) {
    return index % (SIZE / CELL) * CELL;
  }

  /** Writes a walk of this many frames, 40 ms each. */
  public static void walk(Path file, int frames) throws IOException {
    VideoEncoder.Settings settings =
        new VideoEncoder.Settings(SIZE, SIZE, new Rational(1, 25), new Rational(25, 1), 2_000_000);
    try (VideoEncoder encoder = VideoEncoder.create(file, settings)) {
      for (int i = 0; i < frames; i++) {
        encoder.encode(picture(i), i, 1);
      }
      encoder.finish();
    }
  }

  private static ByteBuffer picture(int index) {
    ByteBuffer picture = ByteBuffer.allocate(3 * SIZE * SIZE);
    int corner = corner(index);
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        boolean inside = x >= corner && x < corner + CELL && y >= corner && y < corner + CELL;
        int rgb = inside ? COLOURS[classId(index)] : 0x808080;
        picture.put((byte) (rgb >> 16)).put((byte) (rgb >> 8)).put((byte) rgb);
      }
    }
    return picture.flip();
  }

  /** Cuts a video into batches of about {@code targetFrames}. */
  public static Cut cut(Path file, int targetFrames) throws IOException {
    return cut(file, CutOptions.DEFAULT.withTargetFrames(targetFrames));
  }

  /** Cuts a video. */
  public static Cut cut(Path file, CutOptions options) throws IOException {
    try (FileChannel channel = FileChannel.open(file);
        VideoCutter cutter = VideoCutter.open(channel, file.getFileName().toString(), options)) {
      List<PacketBatch> batches = new ArrayList<>();
      cutter.forEachRemaining(batches::add);
      return new Cut(cutter.stream(), batches);
    }
  }
}
