package io.zoetrope.media;

import static io.zoetrope.media.VideoPacket.NO_TIMESTAMP;
import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.media.CodedPicture.Shows;
import io.zoetrope.media.PresentationOrder.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class PresentationOrderTest {
  private static final Rational MILLISECONDS = new Rational(1, 1000);

  @Test
  void shouldOrderByPictureTypeWhereNothingElseIsGiven() {
    PresentationOrder order = new PresentationOrder(false, MILLISECONDS);

    List<Place> places = new ArrayList<>();
    for (char type : "IPBBPBBIBB".toCharArray()) {
      places.add(order.place(NO_TIMESTAMP, NO_TIMESTAMP, picture(type == 'B')));
    }

    assertThat(sorted(places)).containsExactly(0, 2, 3, 1, 5, 6, 4, 8, 9, 7);
    assertThat(places)
        .extracting(Place::anchor)
        .containsExactly(true, true, false, false, true, false, false, true, false, false);
  }

  @Test
  void shouldOrderByOrderCountWithinTheReachOfAnIdrPicture() {
    PresentationOrder order = new PresentationOrder(false, MILLISECONDS);
    int[] counts = {0, 8, 4, 2, 6, 0, 4, 2};

    List<Place> places = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      places.add(order.place(NO_TIMESTAMP, NO_TIMESTAMP, counted(counts[i], i == 0 || i == 5)));
    }

    assertThat(sorted(places)).containsExactly(0, 3, 2, 4, 1, 5, 7, 6);
  }

  @Test
  void shouldBelieveTheBitstreamRatherThanTimestamps() {
    PresentationOrder order = new PresentationOrder(false, MILLISECONDS);
    int[] counts = {0, 8, 4, 2, 6};

    List<Place> places = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      places.add(order.place(40L * i, 40L * i, counted(counts[i], i == 0)));
    }

    assertThat(sorted(places)).containsExactly(0, 3, 2, 4, 1);
  }

  @Test
  void shouldFindThePlaceOfAPictureThatCannotBeReadByItsPts() {
    PresentationOrder order = new PresentationOrder(false, MILLISECONDS);
    int[] counts = {0, 8, 8, 2, 6};
    int[] pts = {0, 160, 80, 40, 120};

    List<Place> places = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      places.add(order.place(pts[i], 40L * i, counted(counts[i], i == 0)));
    }

    assertThat(sorted(places)).containsExactly(0, 3, 2, 4, 1);
  }

  @Test
  void shouldStartAnEpochAtTheFirstRandomAccessPointBehindAJump() {
    PresentationOrder order = new PresentationOrder(false, MILLISECONDS);

    List<Place> places =
        List.of(
            order.place(5000, 5000, counted(90, true)),
            order.place(40, 40, counted(94, false)),
            order.place(0, 80, counted(92, false)),
            order.place(160, 120, randomAccess(20)),
            order.place(120, 160, counted(18, false)));

    assertThat(places).extracting(Place::epoch).containsExactly(0, 0, 0, 1, 1);
    assertThat(sorted(places)).containsExactly(0, 2, 1, 4, 3);
  }

  @Test
  void shouldStartAPeriodWhereTheCountRestartsWithoutAnIdrPicture() {
    PresentationOrder order = new PresentationOrder(false, MILLISECONDS);

    List<Place> places =
        List.of(
            order.place(NO_TIMESTAMP, NO_TIMESTAMP, counted(90, true)),
            order.place(NO_TIMESTAMP, NO_TIMESTAMP, counted(94, false)),
            order.place(NO_TIMESTAMP, NO_TIMESTAMP, randomAccess(20)),
            order.place(NO_TIMESTAMP, NO_TIMESTAMP, counted(18, false)));

    assertThat(sorted(places)).containsExactly(0, 1, 3, 2);
  }

  @Test
  void shouldStartAnEpochWhereTimestampsJumpBack() {
    PresentationOrder order = new PresentationOrder(true, MILLISECONDS);

    assertThat(order.place(5000, 5000, picture(false))).isEqualTo(new Place(0, 5000, true, 0));
    assertThat(order.place(40, 40, picture(false))).isEqualTo(new Place(1, 40, true, 0));
    assertThat(order.place(20, 41, picture(true))).isEqualTo(new Place(1, 20, false, 1));
  }

  @Test
  void shouldStartAnEpochWhereTimestampsJumpFarAhead() {
    PresentationOrder order = new PresentationOrder(true, MILLISECONDS);

    assertThat(order.place(0, 0, picture(false)).epoch()).isZero();
    assertThat(order.place(10_000, 10_000, picture(false)).epoch()).isZero();
    assertThat(order.place(20_001, 20_001, picture(false)).epoch()).isEqualTo(1);
  }

  @Test
  void shouldKeepTheOrderOfFramesThatAreMinutesApart() {
    PresentationOrder order = new PresentationOrder(true, MILLISECONDS);
    long minute = 60_000;

    List<Place> places =
        List.of(
            order.place(0, -minute, picture(false)),
            order.place(3 * minute, 0, picture(false)),
            order.place(minute, minute, picture(true)),
            order.place(2 * minute, 2 * minute, picture(true)));

    assertThat(sorted(places)).containsExactly(0, 2, 3, 1);
  }

  private static List<Integer> sorted(List<Place> places) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      numbers.add(i);
    }
    numbers.sort(
        Comparator.comparing((Integer i) -> places.get(i).epoch())
            .thenComparing(i -> places.get(i).order()));
    return numbers;
  }

  private static CodedPicture picture(boolean bidirectional) {
    return new CodedPicture(
        false, false, true, bidirectional, false, Shows.FRAME, CodedPicture.NO_ORDER_COUNT, false);
  }

  private static CodedPicture randomAccess(int orderCount) {
    return new CodedPicture(true, true, true, false, false, Shows.FRAME, orderCount, false);
  }

  private static CodedPicture counted(int orderCount, boolean restarts) {
    return new CodedPicture(false, false, true, false, false, Shows.FRAME, orderCount, restarts);
  }
}
