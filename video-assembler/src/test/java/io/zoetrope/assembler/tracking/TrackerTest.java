package io.zoetrope.assembler.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.zoetrope.assembler.tracking.Tracker.Awaited;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrackerTest {
  private static final long FRAME = 40_000;
  private static final int CAR = 2;
  private static final int PERSON = 0;

  private final Tracker tracker = new Tracker();

  @Test
  void shouldNumberObjectsInTheOrderOfTheirAppearance() {
    assertThat(tracker.update(0, List.of(car(100), car(300)))).containsExactly(1, 2);
    assertThat(tracker.update(FRAME, List.of(car(305), car(600), car(105))))
        .containsExactly(2, 0, 1);
    assertThat(tracker.update(2 * FRAME, List.of(car(110), car(310), car(605))))
        .containsExactly(1, 2, 3);
  }

  @Test
  void shouldNotNumberWhatIsSeenOnlyOnce() {
    tracker.update(0, List.of(car(100)));

    assertThat(tracker.update(FRAME, List.of(car(100), car(500)))).containsExactly(1, 0);
    assertThat(tracker.update(2 * FRAME, List.of(car(100)))).containsExactly(1);
    assertThat(tracker.update(3 * FRAME, List.of(car(100), car(500)))).containsExactly(1, 0);
  }

  @Test
  void shouldKeepToAnObjectWhileItsDetectionsAreUnsure() {
    tracker.update(0, List.of(car(100, 0.9f)));

    assertThat(tracker.update(FRAME, List.of(car(104, 0.3f)))).containsExactly(1);
    assertThat(tracker.update(2 * FRAME, List.of(car(108, 0.28f)))).containsExactly(1);
  }

  @Test
  void shouldBeginNoTrackWithAnUnsureDetection() {
    for (int frame = 0; frame < 5; frame++) {
      assertThat(tracker.update(frame * FRAME, List.of(car(100, 0.3f)))).containsExactly(0);
    }
  }

  @Test
  void shouldTellObjectsApartThatPassEachOther() {
    List<Integer> right = new ArrayList<>();
    List<Integer> left = new ArrayList<>();
    for (int frame = 0; frame < 60; frame++) {
      Seen goingRight = new Seen(CAR, 0.9f, 100 + 8 * frame, 200, 80, 50);
      Seen goingLeft = new Seen(CAR, 0.9f, 580 - 8 * frame, 215, 80, 50);
      int[] numbers = tracker.update(frame * FRAME, List.of(goingRight, goingLeft));
      right.add(numbers[0]);
      left.add(numbers[1]);
    }

    assertThat(right).containsOnly(1);
    assertThat(left).containsOnly(2);
  }

  @Test
  void shouldFindAnObjectAgainThatWasHiddenForLessThanASecond() {
    // Given a car that goes 10 pixels a frame, and is behind a bus for 20 frames
    for (int frame = 0; frame < 10; frame++) {
      tracker.update(frame * FRAME, List.of(car(100 + 10 * frame)));
    }
    for (int frame = 10; frame < 30; frame++) {
      tracker.update(frame * FRAME, List.of());
    }

    assertThat(tracker.update(30 * FRAME, List.of(car(400)))).containsExactly(1);
  }

  @Test
  void shouldForgetAnObjectThatIsAwayForMoreThanASecond() {
    tracker.update(0, List.of(car(100)));
    for (int frame = 1; frame < 30; frame++) {
      tracker.update(frame * FRAME, List.of());
    }

    assertThat(tracker.update(30 * FRAME, List.of(car(100)))).containsExactly(0);
    assertThat(tracker.update(31 * FRAME, List.of(car(100)))).containsExactly(2);
  }

  @Test
  void shouldCoastOverFramesThatFailed() {
    for (int frame = 0; frame < 10; frame++) {
      tracker.update(frame * FRAME, List.of(car(100 + 10 * frame)));
    }

    // Then, 10 frames later, it is expected 100 pixels further, where no car could stay that stands
    assertThat(tracker.update(19 * FRAME, List.of(car(290)))).containsExactly(1);
  }

  @Test
  void shouldFollowByTimeWhereFramesAreFarApart() {
    // Given one frame a second, in which a car goes half its width
    for (int second = 0; second < 6; second++) {
      int[] numbers = tracker.update(second * 1_000_000L, List.of(car(100 + 40 * second)));

      assertThat(numbers).containsExactly(1);
    }
    assertThat(tracker.update(8_000_000, List.of(car(100 + 40 * 8)))).containsExactly(1);
  }

  @Test
  void shouldNeverTakeObjectsOfTwoClassesForOne() {
    tracker.update(0, List.of(car(100)));

    assertThat(tracker.update(FRAME, List.of(new Seen(PERSON, 0.9f, 100, 200, 80, 50))))
        .containsExactly(0);
    assertThat(tracker.update(2 * FRAME, List.of(car(100)))).containsExactly(1);
  }

  @Test
  void shouldTellWhereAnObjectWouldBeThatIsAwaited() {
    for (int frame = 0; frame < 20; frame++) {
      tracker.update(frame * FRAME, List.of(car(100 + 10 * frame)));
    }
    assertThat(tracker.awaited()).isEmpty();

    tracker.update(22 * FRAME, List.of());

    assertThat(tracker.awaited()).hasSize(1);
    Awaited car = tracker.awaited().get(0);
    assertThat(car.track()).isEqualTo(1);
    assertThat(car.classId()).isEqualTo(CAR);
    assertThat(car.x()).isCloseTo(320, within(3f));
    assertThat(car.y()).isCloseTo(200, within(0.5f));
    assertThat(car.width()).isCloseTo(80, within(0.5f));
    assertThat(car.unseenMicros()).isEqualTo(3 * FRAME);
  }

  @Test
  void shouldHoldNothingOfObjectsThatAreForgotten() {
    // Given times that don't go on, as broken files have them
    tracker.update(0, List.of(car(100), car(400)));
    for (int frame = 0; frame < 1_000; frame++) {
      tracker.update(0, List.of());
    }

    assertThat(tracker.awaited()).isEmpty();
  }

  @Test
  void shouldFollowTheSameWhateverTheOrderOfDetections() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Tracker shuffled = new Tracker();
    for (int frame = 0; frame < 40; frame++) {
      List<Seen> seen = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        seen.add(car(100 * i + 3 * frame, 0.9f - i / 100f));
      }
      List<Seen> other = new ArrayList<>(seen);
      if (frame > 0) {
        Collections.shuffle(other, random);
      }
      int[] numbers = tracker.update(frame * FRAME, seen);
      int[] others = shuffled.update(frame * FRAME, other);

      for (int i = 0; i < seen.size(); i++) {
        assertThat(others[other.indexOf(seen.get(i))]).isEqualTo(numbers[i]).isEqualTo(i + 1);
      }
    }
  }

  private static Seen car(float x) {
    return car(x, 0.9f);
  }

  private static Seen car(float x, float confidence) {
    return new Seen(CAR, confidence, x, 200, 80, 50);
  }
}
