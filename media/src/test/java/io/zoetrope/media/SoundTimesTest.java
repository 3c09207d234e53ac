package io.zoetrope.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SoundTimesTest {
  private static final long UNKNOWN = VideoPacket.NO_TIMESTAMP;

  private final SoundTimes times = new SoundTimes(1000, 10_000);

  @Test
  void shouldCountFromTimeZero() {
    assertThat(times.place(900, 100)).isEqualTo(-100);
    assertThat(times.place(1000, 100)).isZero();
    assertThat(times.place(1500, 100)).isEqualTo(500);
  }

  @Test
  void shouldLetPacketsWithoutATimeFollowThoseBefore() {
    assertThat(times.place(UNKNOWN, 100)).isZero();
    assertThat(times.place(UNKNOWN, 70)).isEqualTo(100);
    assertThat(times.place(UNKNOWN, 70)).isEqualTo(170);
  }

  @Test
  void shouldGoOnWhereTimeJumpsBack() {
    assertThat(times.place(50_000, 100)).isEqualTo(49_000);
    assertThat(times.place(200, 100)).isEqualTo(49_100);
    assertThat(times.place(300, 100)).isEqualTo(49_200);
  }

  @Test
  void shouldKeepSilence() {
    assertThat(times.place(1_000, 100)).isZero();
    assertThat(times.place(90_000, 100)).isEqualTo(89_000);
  }

  @Test
  void shouldNeverStandStill() {
    assertThat(times.place(1500, 100)).isEqualTo(500);
    assertThat(times.place(1500, 100)).isEqualTo(501);
    assertThat(times.place(1490, 100)).isEqualTo(502);
  }
}
