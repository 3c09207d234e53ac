package io.zoetrope.detector.boxes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NonMaximumSuppressionTest {
  private final Candidates boxes = new Candidates();

  @Test
  void shouldKeepTheMoreConfidentOfTwoThatOverlap() {
    boxes.add(0, 0, 10, 10, 0.6f, 0);
    boxes.add(1, 0, 11, 10, 0.9f, 0);
    boxes.add(50, 50, 60, 60, 0.3f, 0);

    assertThat(kept(0.5f, 300)).containsExactly(1, 2);
  }

  @Test
  void shouldKeepOverlappingBoxesOfDifferentClasses() {
    boxes.add(0, 0, 10, 10, 0.6f, 0);
    boxes.add(0, 0, 10, 10, 0.9f, 1);

    assertThat(kept(0.5f, 300)).containsExactly(1, 0);
  }

  @Test
  void shouldSuppressOnlyAboveTheThreshold() {
    boxes.add(0, 0, 10, 10, 0.9f, 0);
    boxes.add(0, 5, 10, 10, 0.6f, 0);

    assertThat(kept(0.5f, 300)).as("IoU 0.5 at threshold 0.5").containsExactly(0, 1);
    assertThat(kept(0.49f, 300)).containsExactly(0);
  }

  @Test
  void shouldNotLetAFallenBoxSuppressOthers() {
    boxes.add(0, 0, 10, 10, 0.9f, 0);
    boxes.add(3, 0, 13, 10, 0.8f, 0);
    boxes.add(6, 0, 16, 10, 0.7f, 0);

    assertThat(kept(0.5f, 300)).containsExactly(0, 2);
  }

  @Test
  void shouldVisitEquallyConfidentBoxesInTheModelsOrder() {
    for (int i = 0; i < 50; i++) {
      boxes.add(0, 0, 10, 10, 0.5f, i % 5);
    }

    assertThat(kept(0.5f, 300)).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void shouldStopAtTheLimit() {
    for (int i = 0; i < 1000; i++) {
      boxes.add(20 * i, 0, 20 * i + 10, 10, i / 1000f, 0);
    }

    assertThat(kept(0.5f, 300))
        .containsExactlyElementsOf(IntStream.iterate(999, i -> i - 1).limit(300).boxed().toList());
  }

  @Test
  void shouldKeepEmptyBoxes() {
    boxes.add(5, 5, 5, 5, 0.9f, 0);
    boxes.add(5, 5, 5, 5, 0.8f, 0);

    assertThat(kept(0.5f, 300)).containsExactly(0, 1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldKeepWhatAPlainImplementationKeeps(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      boxes.clear();
      int count = random.nextInt(600);
      int levels = 1 + random.nextInt(1000);
      for (int i = 0; i < count; i++) {
        float x = random.nextFloat() * 200;
        float y = random.nextFloat() * 200;
        float confidence = (float) random.nextInt(levels) / levels;
        boxes.add(
            x,
            y,
            x + random.nextFloat() * 80,
            y + random.nextFloat() * 80,
            confidence,
            random.nextInt(4));
      }
      float iou = random.nextFloat();
      int limit = 1 + random.nextInt(300);

      assertThat(kept(iou, limit))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(plainlyKept(iou, limit));
    }
  }

  private List<Integer> kept(float iou, int limit) {
    NonMaximumSuppression suppression = new NonMaximumSuppression(limit);
    int standing = suppression.suppress(boxes, Suppression.WITHIN_CLASS, iou);
    return IntStream.range(0, standing).map(suppression::kept).boxed().toList();
  }

  /** The textbook: each class alone, a flag for each fallen box, then the best of all classes. */
  private List<Integer> plainlyKept(float iou, int limit) {
    List<Integer> byConfidence =
        IntStream.range(0, boxes.size())
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> -boxes.confidence(i)))
            .toList();
    boolean[] fallen = new boolean[boxes.size()];
    for (int a = 0; a < byConfidence.size(); a++) {
      for (int b = a + 1; b < byConfidence.size(); b++) {
        int better = byConfidence.get(a);
        int worse = byConfidence.get(b);
        if (!fallen[better]
            && boxes.classId(better) == boxes.classId(worse)
            && plainOverlap(better, worse) > iou) {
          fallen[worse] = true;
        }
      }
    }
    List<Integer> standing = new ArrayList<>(byConfidence);
    standing.removeIf(i -> fallen[i]);
    return standing.subList(0, Math.min(limit, standing.size()));
  }

  private float plainOverlap(int a, int b) {
    float width = Math.min(boxes.right(a), boxes.right(b)) - Math.max(boxes.left(a), boxes.left(b));
    float height =
        Math.min(boxes.bottom(a), boxes.bottom(b)) - Math.max(boxes.top(a), boxes.top(b));
    if (width <= 0 || height <= 0) {
      return 0;
    }
    float areaA = (boxes.right(a) - boxes.left(a)) * (boxes.bottom(a) - boxes.top(a));
    float areaB = (boxes.right(b) - boxes.left(b)) * (boxes.bottom(b) - boxes.top(b));
    return width * height / (areaA + areaB - width * height);
  }
}
