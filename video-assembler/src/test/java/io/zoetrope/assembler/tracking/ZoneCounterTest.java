package io.zoetrope.assembler.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.assembler.tracking.Polygon.Spot;
import io.zoetrope.assembler.tracking.ZoneCounter.Count;
import io.zoetrope.assembler.tracking.ZoneCounter.Presence;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ZoneCounterTest {
  private static final Polygon LEFT = polygon(0, 0, 0.5, 0, 0.5, 1, 0, 1);
  private static final Polygon TOP = polygon(0, 0, 1, 0, 1, 0.5, 0, 0.5);

  private final ZoneCounter counter = new ZoneCounter(List.of(LEFT, TOP));

  @Test
  void shouldCountWhoIsInEachZoneAndWhoHasBeen() {
    assertThat(counter.update(List.of(at(1, 0.2, 0.2), at(2, 0.8, 0.2))))
        .containsExactly(new Count(1, 1), new Count(2, 2));
    assertThat(counter.update(List.of(at(2, 0.3, 0.8))))
        .containsExactly(new Count(1, 2), new Count(0, 2));
    assertThat(counter.update(List.of(at(1, 0.2, 0.2), at(3, 0.9, 0.9))))
        .containsExactly(new Count(1, 2), new Count(1, 2));
  }

  @Test
  void shouldCountObjectsWithoutATrackOnlyWhileTheyAreThere() {
    assertThat(counter.update(List.of(at(0, 0.2, 0.9), at(0, 0.3, 0.9))))
        .containsExactly(new Count(2, 0), new Count(0, 0));
  }

  @Test
  void shouldCountOnTheEdgeAsInside() {
    assertThat(counter.update(List.of(at(1, 0.5, 0.9)))).containsExactly(new Count(1, 1), none());
  }

  @Test
  void shouldLeaveOutTheDentOfAConcaveZone() {
    Polygon dented = polygon(0, 0, 0.5, 0.5, 1, 0, 1, 1, 0, 1);
    ZoneCounter dents = new ZoneCounter(List.of(dented));

    assertThat(dents.update(List.of(at(1, 0.5, 0.2)))).containsExactly(none());
    assertThat(dents.update(List.of(at(1, 0.5, 0.7)))).containsExactly(new Count(1, 1));
  }

  @Test
  void shouldRefuseAZoneOfTwoCorners() {
    List<Spot> line = List.of(new Spot(0, 0), new Spot(1, 1));

    assertThatThrownBy(() -> new Polygon(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a polygon needs 3 corners, not 2");
  }

  private static Count none() {
    return new Count(0, 0);
  }

  private static Presence at(int track, double x, double y) {
    return new Presence(track, new Spot(x, y));
  }

  private static Polygon polygon(double... coordinates) {
    List<Spot> corners = new ArrayList<>();
    for (int i = 0; i < coordinates.length; i += 2) {
      corners.add(new Spot(coordinates[i], coordinates[i + 1]));
    }
    return new Polygon(corners);
  }
}
