package io.zoetrope.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RequestLogTest {
  private final RequestLog log = new RequestLog("me");

  @Test
  void shouldStandAtTheFirstRequestThatIsNotSettled() {
    log.read(5);
    log.read(6);
    log.passed(7);
    log.read(8);

    log.settle(List.of(6L));
    assertThat(log.toCommit()).isEqualTo(new RequestLog.Place(5, ""));

    log.settle(List.of(5L));
    assertThat(log.toCommit()).isEqualTo(new RequestLog.Place(8, ""));

    log.settle(List.of(8L));
    assertThat(log.toCommit()).isEqualTo(new RequestLog.Place(9, ""));
  }

  @Test
  void shouldPassOverWhatAsksForNothing() {
    log.passed(3);

    assertThat(log.toCommit()).isEqualTo(new RequestLog.Place(4, ""));
  }

  @Test
  void shouldPutOnRecordEveryVideoThatIsOpen() {
    log.read(5);
    log.read(6);
    log.read(8);
    log.begin(5);
    log.begin(8);

    assertThat(log.toCommit()).isEqualTo(new RequestLog.Place(5, "attempts me 0+ 3+"));

    log.release(5);
    assertThat(log.toCommit()).isEqualTo(new RequestLog.Place(5, "attempts me 3+"));

    log.settle(List.of(8L));
    assertThat(log.toCommit()).isEqualTo(new RequestLog.Place(5, ""));
  }

  @Test
  void shouldCountTheDeathsThatAnEarlierOwnerLeft() {
    RequestLog found =
        new RequestLog("me", new RequestLog.Place(5, "attempts other 0+ 1 3:1+ 4:2"));

    assertThat(found.deaths(5)).isEqualTo(1);
    assertThat(found.deaths(6)).isZero();
    assertThat(found.deaths(8)).isEqualTo(2);
    assertThat(found.deaths(9)).isEqualTo(2);

    found.read(5);
    found.read(6);
    found.begin(5);
    assertThat(found.toCommit())
        .as("those that weren't read yet stay on record")
        .isEqualTo(new RequestLog.Place(5, "attempts me 0:1+ 3:2 4:2"));

    found.settle(List.of(5L));
    assertThat(found.toCommit()).isEqualTo(new RequestLog.Place(6, "attempts me 2:2 3:2"));
  }

  @Test
  void shouldSayThatNothingIsInHandAnyMore() {
    RequestLog found = new RequestLog("me", new RequestLog.Place(5, "attempts other 0:1+"));
    found.read(5);
    found.read(6);
    found.begin(5);
    found.begin(6);
    assertThat(found.hasDangerousInHand()).isTrue();

    assertThat(found.releaseAll()).isTrue();

    assertThat(found.toCommit()).isEqualTo(new RequestLog.Place(5, "attempts me 0:2"));
    assertThat(found.hasDangerousInHand()).isFalse();
    assertThat(found.releaseAll()).as("there is nothing more to say").isFalse();
  }

  @Test
  void shouldForgetWhatWasRemovedFromTheLogMeanwhile() {
    RequestLog found = new RequestLog("me", new RequestLog.Place(5, "attempts other 0+ 9+"));

    found.read(6);

    assertThat(found.toCommit()).isEqualTo(new RequestLog.Place(6, "attempts me 8:1"));
  }
}
