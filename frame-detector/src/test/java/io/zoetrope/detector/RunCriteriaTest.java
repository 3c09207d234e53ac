package io.zoetrope.detector;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.detector.boxes.ClassFilter;
import io.zoetrope.detector.boxes.Criteria;
import io.zoetrope.detector.boxes.PlaceFilter;
import io.zoetrope.detector.boxes.Region;
import io.zoetrope.detector.boxes.Region.Corner;
import io.zoetrope.detector.boxes.Thresholds;
import io.zoetrope.events.Point;
import io.zoetrope.events.RunFilter;
import io.zoetrope.events.RunOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunCriteriaTest {
  // Two classes of one name, as some models have them.
  private final RunCriteria criteria =
      new RunCriteria("model", List.of("car", "person", "bus", "car"));

  @Test
  void shouldAskForThresholdsAloneWhereThereIsNoFilter() {
    assertThat(criteria.of(new RunOptions(0.3f, 0.6f, null)))
        .isEqualTo(Criteria.of(new Thresholds(0.3f, 0.6f)));
  }

  @Test
  void shouldKeepClassesByTheirLabels() {
    RunFilter filter =
        new RunFilter(List.of("bus", "car"), List.of(), Map.of("car", 0.1f), 0f, 0f, List.of());

    assertThat(criteria.of(new RunOptions(0.3f, 0.6f, filter)))
        .isEqualTo(
            new Criteria(
                ClassFilter.of(0.1f, Float.NaN, 0.3f, 0.1f), 0.6f, PlaceFilter.EVERYWHERE));
  }

  @Test
  void shouldDropClassesByTheirLabels() {
    RunFilter filter =
        new RunFilter(List.of(), List.of("car", "dog"), Map.of("cat", 0.9f), 0f, 0f, List.of());
    RunOptions options = new RunOptions(0.3f, 0.6f, filter);

    assertThat(criteria.of(options).classes())
        .isEqualTo(ClassFilter.of(Float.NaN, 0.3f, 0.3f, Float.NaN));
    assertThat(criteria.refusal(options)).isEmpty();
  }

  @Test
  void shouldTakeSizeAndRegion() {
    List<Point> corners = List.of(new Point(0f, 0f), new Point(0.5f, 1f), new Point(1f, 0f));
    RunFilter filter = new RunFilter(List.of(), List.of(), Map.of(), 8f, 9f, corners);

    assertThat(criteria.of(new RunOptions(0.3f, 0.6f, filter)).places())
        .isEqualTo(
            new PlaceFilter(
                8,
                9,
                Optional.of(
                    new Region(List.of(new Corner(0, 0), new Corner(0.5, 1), new Corner(1, 0))))));
  }
}
