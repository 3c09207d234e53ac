package io.zoetrope.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FrameTruthTest {

  @Test
  void shouldBeOneLineOfJson() {
    TruthObject ring = new TruthObject(ShapeClass.RING, new Box(1.25, 0, 40.0004, 39.9996), 1);
    TruthObject star = new TruthObject(ShapeClass.STAR, new Box(600.5, 350, 39.5, 10), 0.29996);

    String json = new FrameTruth(3, 120_000, List.of(ring, star)).toJson();

    assertThat(json)
        .isEqualTo(
            "{\"frame\":3,\"ptsMicros\":120000,\"objects\":["
                + "{\"label\":\"ring\",\"classId\":1,\"box\":[1.250,0.000,40.000,40.000],"
                + "\"visible\":1.000,\"ignored\":false},"
                + "{\"label\":\"star\",\"classId\":4,\"box\":[600.500,350.000,39.500,10.000],"
                + "\"visible\":0.300,\"ignored\":true}]}");
  }

  @Test
  void shouldBeAnEmptyListWhereNothingIsToBeSeen() {
    assertThat(new FrameTruth(0, 0, List.of()).toJson())
        .isEqualTo("{\"frame\":0,\"ptsMicros\":0,\"objects\":[]}");
  }

  @Test
  void shouldIgnoreWhatShowsLessThanThreeTenths() {
    Box box = new Box(0, 0, 10, 10);

    assertThat(new TruthObject(ShapeClass.STAR, box, 0.2999).ignored()).isTrue();
    assertThat(new TruthObject(ShapeClass.STAR, box, 0.3).ignored()).isFalse();
  }
}
