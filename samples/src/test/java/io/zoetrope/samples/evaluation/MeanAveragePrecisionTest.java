package io.zoetrope.samples.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.zoetrope.samples.Box;
import io.zoetrope.samples.FrameTruth;
import io.zoetrope.samples.ShapeClass;
import io.zoetrope.samples.TruthObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeanAveragePrecisionTest {
  private static final Box LEFT = new Box(0, 0, 10, 10);
  private static final Box MIDDLE = new Box(100, 0, 10, 10);
  private static final Box RIGHT = new Box(200, 0, 10, 10);

  private final MeanAveragePrecision map = new MeanAveragePrecision(0.5);

  @Test
  void shouldBeOneForTheTruthItself() {
    map.add(
        frame(star(LEFT), ring(MIDDLE)),
        List.of(found("star", 0.3, LEFT), found("ring", 0.9, MIDDLE)));

    assertThat(map.mean()).isEqualTo(1);
  }

  @Test
  void shouldBeZeroWhereNothingWasFound() {
    map.add(frame(star(LEFT)), List.of());

    assertThat(map.mean()).isZero();
  }

  @Test
  void shouldIntegrateThePrecisionEnvelopeOverAllFrames() {
    map.add(
        frame(star(LEFT), star(MIDDLE)),
        List.of(found("star", 0.9, LEFT), found("star", 0.8, RIGHT)));
    map.add(frame(star(RIGHT)), List.of(found("star", 0.7, RIGHT), found("star", 0.6, LEFT)));

    // Ranked hit, miss, hit, miss: precision 1, 1/2, 2/3, 2/4 of 3 objects; the envelope at the
    // hits is 1 and 2/3.
    assertThat(map.mean()).isCloseTo((1 + 2 / 3.0) / 3, within(1e-12));
  }

  @Test
  void shouldLiftALowPrecisionToTheBestThatFollows() {
    map.add(
        frame(star(LEFT), star(MIDDLE)),
        List.of(found("star", 0.9, RIGHT), found("star", 0.8, LEFT), found("star", 0.7, MIDDLE)));

    // Ranked miss, hit, hit: precision 0, 1/2, 2/3; the envelope is 2/3 at both hits.
    assertThat(map.mean()).isCloseTo(2 / 3.0, within(1e-12));
  }

  @Test
  void shouldCountASecondDetectionOfOneObjectAsWrong() {
    map.add(
        frame(star(LEFT), star(MIDDLE)),
        List.of(found("star", 0.9, LEFT), found("star", 0.8, LEFT), found("star", 0.7, MIDDLE)));

    // Ranked hit, miss, hit.
    assertThat(map.mean()).isCloseTo((1 + 2 / 3.0) / 2, within(1e-12));
  }

  @Test
  void shouldNotAcceptAnotherLabel() {
    map.add(
        frame(star(LEFT), ring(MIDDLE)),
        List.of(found("ring", 0.9, LEFT), found("ring", 0.8, MIDDLE)));

    assertThat(map.byLabel()).containsEntry("star", 0.0).containsEntry("ring", 0.5);
    assertThat(map.mean()).isEqualTo(0.25);
  }

  @Test
  void shouldNeitherRewardNorPunishWhatOnlyMeetsAnIgnoredObject() {
    TruthObject hidden = new TruthObject(ShapeClass.STAR, MIDDLE, 0.1);
    map.add(
        frame(star(LEFT), hidden),
        List.of(found("star", 0.9, MIDDLE), found("star", 0.8, MIDDLE), found("star", 0.7, LEFT)));

    assertThat(map.mean()).isEqualTo(1);
  }

  @Test
  void shouldNotCallAnIgnoredObjectMissing() {
    map.add(
        frame(star(LEFT), new TruthObject(ShapeClass.RING, MIDDLE, 0.1)),
        List.of(found("star", 0.7, LEFT)));

    assertThat(map.byLabel()).containsOnlyKeys("star").containsEntry("star", 1.0);
  }

  @Test
  void shouldHitFromTheThresholdOn() {
    map.add(frame(star(LEFT)), List.of(found("star", 0.9, new Box(0, 0, 10, 5))));
    assertThat(map.mean()).isEqualTo(1);

    MeanAveragePrecision stricter = new MeanAveragePrecision(0.51);
    stricter.add(frame(star(LEFT)), List.of(found("star", 0.9, new Box(0, 0, 10, 5))));
    assertThat(stricter.mean()).isZero();
  }

  @Test
  void shouldLetTheSurestPickFirstAndTheBestFitWin() {
    Box between = new Box(2, 0, 10, 10);
    map.add(
        frame(star(LEFT), star(between)),
        List.of(found("star", 0.5, LEFT), found("star", 0.9, between)));

    assertThat(map.mean()).isEqualTo(1);
  }

  @Test
  void shouldRefuseAMeanOfNothing() {
    map.add(frame(), List.of(found("star", 0.9, LEFT)));

    assertThatIllegalStateException().isThrownBy(map::mean);
  }

  private static FrameTruth frame(TruthObject... objects) {
    return new FrameTruth(0, 0, List.of(objects));
  }

  private static TruthObject star(Box box) {
    return new TruthObject(ShapeClass.STAR, box, 1);
  }

  private static TruthObject ring(Box box) {
    return new TruthObject(ShapeClass.RING, box, 1);
  }

  private static Detection found(String label, double confidence, Box box) {
    return new Detection(label, confidence, box);
  }
}
