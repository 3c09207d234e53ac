package io.zoetrope.assembler.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TagPlacesTest {
  private static final Tag TAG = new Tag("person", "87%", 50, 80, 14);

  @Test
  void shouldPreferThePlaceOverTheBox() {
    Box box = new Box(100, 100, 50, 80);

    assertThat(places(box).place(box, TAG, Float.MAX_VALUE)).contains(new Box(100, 88, 80, 14));
  }

  @Test
  void shouldGoInsideWhereABigBoxReachesTheUpperEdge() {
    Box box = new Box(100, 3, 200, 150);

    assertThat(places(box).place(box, TAG, Float.MAX_VALUE)).contains(new Box(100, 3, 80, 14));
  }

  @Test
  void shouldGoBelowWhereASmallBoxReachesTheUpperEdge() {
    Box box = new Box(100, 3, 20, 30);

    assertThat(places(box).place(box, TAG, Float.MAX_VALUE)).contains(new Box(100, 31, 80, 14));
  }

  @Test
  void shouldMoveIntoThePictureAtItsRightEdge() {
    Box box = new Box(300, 100, 20, 80);

    assertThat(places(box).place(box, TAG, Float.MAX_VALUE)).contains(new Box(240, 88, 80, 14));
  }

  @Test
  void shouldFindNoPlaceForATagThatIsWiderThanThePicture() {
    Box box = new Box(100, 100, 20, 80);

    assertThat(places(box).place(box, new Tag("x", "", 400, 400, 14), Float.MAX_VALUE)).isEmpty();
  }

  @Test
  void shouldNeverLayOneTagOverAnotherNorOutside() {
    long seed = new Random().nextLong();
    System.out.println("TagPlacesTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      List<Box> boxes = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        boxes.add(
            new Box(
                random.nextFloat() * 300,
                random.nextFloat() * 160,
                1 + random.nextFloat() * 90,
                1 + random.nextFloat() * 90));
      }
      TagPlaces places = new TagPlaces(320, 180, 1.5f, boxes);
      List<Box> tags = new ArrayList<>();
      boxes.forEach(box -> places.place(box, TAG, Float.MAX_VALUE).ifPresent(tags::add));

      assertThat(tags).hasSizeGreaterThan(5);
      for (int i = 0; i < tags.size(); i++) {
        assertThat(tags.get(i).x()).isBetween(0f, 320f - 80);
        assertThat(tags.get(i).y()).isBetween(0f, 180f - 14);
        for (int j = 0; j < i; j++) {
          assertThat(tags.get(i).overlap(tags.get(j))).isZero();
        }
      }
    }
  }

  private static TagPlaces places(Box... boxes) {
    return new TagPlaces(320, 240, 2, List.of(boxes));
  }
}
