package io.zoetrope.assembler.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlendTest {
  private static final int ROUNDS = 4000;
  private static final int[] EXTREMES = {0, 1, 127, 128, 254, 255};

  /** Of widths of eight's multiples and others; a layer's blocks begin anywhere in a shape. */
  @ParameterizedTest(name = "{0}x{1}")
  @CsvSource({"8, 2", "16, 4", "22, 4", "34, 6", "2, 2"})
  void shouldGiveEachSampleWhatThePlainArithmeticGives(int width, int height) {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      TestPicture picture = TestPicture.textured(width, height, random.nextInt());
      if (round % 2 == 0) {
        fill(picture.canvas(), random);
      }
      int[][] coverage = coverage(width, height, random);
      Tone tone = new Tone(level(random), level(random), level(random));
      int opacity = random.nextInt(3) == 0 ? 256 : random.nextInt(257);
      TestPicture expected = copy(picture);
      blendPlainly(expected.canvas(), coverage, tone, opacity);
      Layer layer = new Layer(width, height);
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          layer.raise(x, y, coverage[y][x]);
        }
      }

      layer.blend(picture.canvas(), tone, opacity);

      assertThat(picture.digest())
          .as("seed %d, round %d, %s, opacity %d", seed, round, tone, opacity)
          .isEqualTo(expected.digest());
    }
  }

  private static void blendPlainly(Canvas canvas, int[][] coverage, Tone tone, int opacity) {
    for (int y = 0; y < canvas.height(); y += 2) {
      for (int x = 0; x < canvas.width(); x += 2) {
        int all = 0;
        for (int pixel = 0; pixel < 4; pixel++) {
          int at = coverage[y + pixel / 2][x + pixel % 2];
          int weight = ((at + (at >= 128 ? 1 : 0)) * opacity + 128) / 256;
          int place = (y + pixel / 2) * canvas.lumaStride() + x + pixel % 2;
          mix(canvas.luma(), place, tone.luma(), weight);
          all += weight;
        }
        int chroma = y / 2 * canvas.chromaStride() + x / 2;
        mix(canvas.cb(), chroma, tone.cb(), (all + 2) / 4);
        mix(canvas.cr(), chroma, tone.cr(), (all + 2) / 4);
      }
    }
  }

  private static void mix(ByteBuffer plane, int at, int value, int weight) {
    int old = Byte.toUnsignedInt(plane.get(at));
    plane.put(at, (byte) ((old * (256 - weight) + value * weight + 128) / 256));
  }

  /** All alike, alike here and there, the same in all rows, or any. */
  private static int[][] coverage(int width, int height, Random random) {
    int kind = random.nextInt(5);
    int one = level(random);
    int[][] coverage = new int[height][width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        coverage[y][x] =
            switch (kind) {
              case 0 -> one;
              case 1 -> random.nextBoolean() ? one : 0;
              case 2 -> y == 0 ? (random.nextBoolean() ? one : 0) : coverage[0][x];
              case 3 -> random.nextInt(4) == 0 ? level(random) : 0;
              default -> level(random);
            };
      }
    }
    return coverage;
  }

  private static int level(Random random) {
    return random.nextInt(3) == 0 ? EXTREMES[random.nextInt(EXTREMES.length)] : random.nextInt(256);
  }

  private static void fill(Canvas canvas, Random random) {
    for (ByteBuffer plane : new ByteBuffer[] {canvas.luma(), canvas.cb(), canvas.cr()}) {
      for (int at = 0; at < plane.capacity(); at++) {
        plane.put(at, (byte) level(random));
      }
    }
  }

  private static TestPicture copy(TestPicture picture) {
    Canvas canvas = picture.canvas();
    TestPicture copy = TestPicture.of(canvas.width(), canvas.height(), 0);
    copy.canvas().luma().put(0, canvas.luma(), 0, canvas.luma().capacity());
    copy.canvas().cb().put(0, canvas.cb(), 0, canvas.cb().capacity());
    copy.canvas().cr().put(0, canvas.cr(), 0, canvas.cr().capacity());
    return copy;
  }
}
