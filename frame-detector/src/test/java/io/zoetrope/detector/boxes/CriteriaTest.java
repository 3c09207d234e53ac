package io.zoetrope.detector.boxes;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.detector.boxes.Region.Corner;
import io.zoetrope.media.InputFormat;
import io.zoetrope.media.Letterbox;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CriteriaTest {
  private static final int CAR = 0;
  private static final int PERSON = 1;
  private static final int BUS = 2;
  private static final float IOU = 0.5f;

  // Two pixels of the picture for one of the model's input.
  private static final Letterbox LETTERBOX = Letterbox.of(200, 200, InputFormat.yolox(100, 100));

  /** A box as a decoder finds it, in pixels of the model's input. */
  private record Box(float x, float y, float width, float height, float score, int classId) {}

  @Test
  void shouldKeepTheClassesThatCount() {
    List<Box> boxes = List.of(box(0, 0.9f, CAR), box(20, 0.8f, PERSON), box(40, 0.7f, BUS));

    assertThat(classes(boxes, ClassFilter.of(0.5f, Float.NaN, 0.5f))).containsExactly(CAR, BUS);
  }

  @Test
  void shouldHoldEachClassToItsOwnConfidence() {
    List<Box> boxes =
        List.of(
            box(0, 0.4f, CAR), box(20, 0.4f, PERSON), box(40, 0.2f, CAR), box(60, 0.9f, PERSON));

    List<Detection> detections = detect(boxes, ClassFilter.of(0.3f, 0.6f, 0.5f));

    assertThat(detections).extracting(Detection::classId).containsExactly(PERSON, CAR);
    assertThat(detections).extracting(Detection::confidence).containsExactly(0.9f, 0.4f);
  }

  @Test
  void shouldApplyTheConfidenceRuleOfTheFamilyToEachClass() {
    List<Box> boxes = List.of(box(0, 0.5f, CAR), box(20, 0.25f, PERSON));
    ClassFilter atThreshold = ClassFilter.of(0.5f, 0.25f, 0.1f);

    assertThat(detect(found(boxes), new Criteria(atThreshold, IOU, PlaceFilter.EVERYWHERE)))
        .isEmpty();
    assertThat(detect(atLeast(boxes), new Criteria(atThreshold, IOU, PlaceFilter.EVERYWHERE)))
        .hasSize(2);
  }

  @Test
  void shouldLetNoBoxThatDoesNotCountTakeThePlaceOfOneThatDoes() {
    // Given as many people as a frame can have detections, and a less certain car
    List<Box> boxes = new ArrayList<>();
    for (int i = 0; i < PostProcessor.MAX_DETECTIONS; i++) {
      boxes.add(new Box(i / 4f, 0, 0.1f, 0.1f, 0.9f, PERSON));
    }
    boxes.add(box(20, 0.6f, CAR));

    assertThat(classes(boxes, ClassFilter.of(0.5f, 0.5f, 0.5f)))
        .hasSize(PostProcessor.MAX_DETECTIONS)
        .doesNotContain(CAR);
    assertThat(classes(boxes, ClassFilter.of(0.5f, Float.NaN, 0.5f))).containsExactly(CAR);
  }

  @Test
  void shouldAskForTheSizeInThePictureAfterSuppression() {
    // Given a large box that the stronger small one suppresses, and another small one
    List<Box> boxes =
        List.of(
            new Box(0, 0, 10, 9, 0.9f, CAR),
            new Box(0, 0, 10, 10, 0.8f, CAR),
            new Box(50, 50, 10, 10, 0.7f, CAR),
            new Box(80, 80, 9.9f, 10, 0.6f, CAR));

    List<Detection> detections = detect(boxes, new PlaceFilter(20, 20, Optional.empty()));

    assertThat(detections).containsExactly(new Detection(CAR, 0.7f, 100, 100, 20, 20));
  }

  @Test
  void shouldAskForTheCentreOfTheBoxInThePicture() {
    Region leftHalf = region(0, 0, 0.5, 0, 0.5, 1, 0, 1);
    List<Box> boxes =
        List.of(
            new Box(30, 10, 20, 20, 0.9f, CAR),
            new Box(40, 40, 20, 20, 0.8f, CAR),
            new Box(41, 70, 20, 20, 0.7f, CAR),
            // Of which only the part in the picture counts: its centre is at 10, not at -30.
            new Box(-40, 10, 50, 20, 0.6f, CAR));

    List<Detection> detections = detect(boxes, new PlaceFilter(0, 0, Optional.of(leftHalf)));

    assertThat(detections).extracting(Detection::confidence).containsExactly(0.9f, 0.8f, 0.6f);
  }

  @Test
  void shouldOnlyEverTakeAway() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      List<Box> boxes = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        boxes.add(
            new Box(
                random.nextFloat() * 90,
                random.nextFloat() * 90,
                1 + random.nextFloat() * 30,
                1 + random.nextFloat() * 30,
                random.nextFloat(),
                random.nextInt(3)));
      }
      PlaceFilter places =
          new PlaceFilter(
              random.nextFloat() * 40,
              random.nextFloat() * 40,
              Optional.of(region(random.doubles(6 + 2L * random.nextInt(6)).toArray())));

      List<Detection> all = detect(boxes, PlaceFilter.EVERYWHERE);
      List<Detection> some = detect(boxes, places);

      assertThat(some).isEqualTo(all.stream().filter(d -> places.accepts(d, 200, 200)).toList());
      assertThat(some)
          .allMatch(d -> d.width() >= places.minWidth() && d.height() >= places.minHeight());
    }
  }

  private static Box box(float x, float score, int classId) {
    return new Box(x, 0, 10, 10, score, classId);
  }

  private static Region region(double... numbers) {
    List<Corner> corners = new ArrayList<>();
    for (int i = 0; i < numbers.length; i += 2) {
      corners.add(new Corner(numbers[i], numbers[i + 1]));
    }
    return new Region(corners);
  }

  private static List<Integer> classes(List<Box> boxes, ClassFilter classes) {
    return detect(boxes, classes).stream().map(Detection::classId).toList();
  }

  private static List<Detection> detect(List<Box> boxes, ClassFilter classes) {
    return detect(found(boxes), new Criteria(classes, IOU, PlaceFilter.EVERYWHERE));
  }

  private static List<Detection> detect(List<Box> boxes, PlaceFilter places) {
    return detect(found(boxes), new Criteria(ClassFilter.all(0.1f), IOU, places));
  }

  private static List<Detection> detect(OutputDecoder decoder, Criteria criteria) {
    return new PostProcessor(decoder, Suppression.WITHIN_CLASS)
        .detect(FloatBuffer.allocate(0), criteria, LETTERBOX);
  }

  /** Finds those of the boxes that are above the confidence. */
  private static OutputDecoder found(List<Box> boxes) {
    return (output, confidence, found) ->
        boxes.stream().filter(box -> box.score > confidence).forEach(box -> add(box, found));
  }

  /** Finds those that have at least the confidence. */
  private static OutputDecoder atLeast(List<Box> boxes) {
    return new OutputDecoder() {
      @Override
      public void decode(FloatBuffer output, float confidence, Candidates found) {
        boxes.stream().filter(box -> box.score >= confidence).forEach(box -> add(box, found));
      }

      @Override
      public boolean passes(float score, float confidence) {
        return score >= confidence;
      }
    };
  }

  private static void add(Box box, Candidates found) {
    found.add(box.x, box.y, box.x + box.width, box.y + box.height, box.score, box.classId);
  }
}
