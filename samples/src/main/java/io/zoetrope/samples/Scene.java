package io.zoetrope.samples;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A never-ending scene grown from a seed: shapes that move, overlap, grow and turn over backdrops
 * that drift and give way to each other. A frame depends on the seed and on its index only, to the
 * last bit on every machine and JDK. Any number of threads may draw frames.
 */
public final class Scene {
  public static final int WIDTH = 640;
  public static final int HEIGHT = 360;
  public static final int FRAMES_PER_SECOND = 25;

  private static final long CAST_STREAM = 1;
  private static final long TILE_STREAM = 2;
  private static final long BACKDROP_STREAM = 3;
  private static final long CAMERA_STREAM = 4;
  private static final double ACT_SECONDS = 3;
  private static final double FADE_SECONDS = 0.6;

  private final long seed;
  private final boolean dark;
  private final NoiseTile tile;
  private final List<Sprite> cast;
  private final Camera camera;

  public Scene(long seed) {
    this.seed = seed;
    this.tile = new NoiseTile(SplitMix.of(seed, TILE_STREAM));
    SplitMix random = SplitMix.of(seed, CAST_STREAM);
    this.dark = random.chance(0.7);
    this.cast = cast(random, dark);
    SplitMix light = SplitMix.of(seed, CAMERA_STREAM);
    Wave exposure = new Wave(1, 0.08, light.between(0.1, 0.4), light.uniform());
    this.camera = new Camera(seed, WIDTH, HEIGHT, light.between(2, 7), exposure);
  }

  /** The time of a frame in microseconds. */
  public static long ptsMicros(int frame) {
    return frame * (1_000_000L / FRAMES_PER_SECOND);
  }

  /** Draws frame {@code index} (0, 1, ...) of the scene. */
  public SceneFrame frame(int index) {
    double seconds = (double) index / FRAMES_PER_SECOND;
    Canvas canvas = new Canvas(WIDTH, HEIGHT);
    paintBackdrop(canvas, seconds);
    List<Pose> poses = new ArrayList<>();
    for (Sprite sprite : cast) {
      Pose pose = sprite.pose(seconds);
      sprite.paint(canvas, pose, poses.size());
      poses.add(pose);
    }
    FrameTruth truth = new FrameTruth(index, ptsMicros(index), truth(canvas, poses));
    return new SceneFrame(ByteBuffer.wrap(canvas.develop(camera, index)), truth);
  }

  private void paintBackdrop(Canvas canvas, double seconds) {
    int act = (int) (seconds / ACT_SECONDS);
    double remaining = (act + 1) * ACT_SECONDS - seconds;
    backdrop(act).paint(canvas, seconds, 1);
    if (remaining < FADE_SECONDS) {
      backdrop(act + 1).paint(canvas, seconds, (float) (1 - remaining / FADE_SECONDS));
    }
  }

  private Backdrop backdrop(int act) {
    return new Backdrop(SplitMix.of(seed, BACKDROP_STREAM, act), tile, dark);
  }

  private List<TruthObject> truth(Canvas canvas, List<Pose> poses) {
    Box picture = new Box(0, 0, WIDTH, HEIGHT);
    int[] visiblePixels = canvas.visiblePixels(cast.size());
    List<TruthObject> objects = new ArrayList<>();
    for (int i = 0; i < cast.size(); i++) {
      Outline outline = cast.get(i).shape().outline();
      Pose pose = poses.get(i);
      Box box = outline.extent(pose).intersection(picture);
      if (box.area() > 0) {
        double area = outline.area() * pose.radius() * pose.radius();
        double visible = Math.min(1, visiblePixels[i] / area);
        objects.add(new TruthObject(cast.get(i).shape(), box, visible));
      }
    }
    return objects;
  }

  private static List<Sprite> cast(SplitMix random, boolean dark) {
    ShapeClass[] shapes = ShapeClass.values();
    int size = 6 + random.below(5);
    int first = random.below(shapes.length);
    double hue = random.uniform();
    List<Sprite> cast = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      ShapeClass shape = shapes[(first + i) % shapes.length];
      double radius = random.between(28, 70);
      cast.add(
          new Sprite(
              shape,
              path(random, WIDTH),
              path(random, HEIGHT),
              new Wave(
                  radius,
                  radius * random.between(0.1, 0.35),
                  random.between(0.08, 0.3),
                  random.uniform()),
              random.uniform(),
              random.between(-0.3, 0.3),
              Paint.random(random, hue + i * 0.381966 + random.between(-0.05, 0.05), dark)));
    }
    return cast;
  }

  private static Wave path(SplitMix random, int span) {
    return new Wave(
        span * random.between(0.35, 0.65),
        span * random.between(0.2, 0.55),
        random.between(0.05, 0.16),
        random.uniform());
  }
}
