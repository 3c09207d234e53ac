package io.zoetrope.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LaggardsTest {
  private final Laggards laggards = new Laggards(Duration.ofNanos(40));

  @Test
  void shouldNameWhoHasStayedBehindForLong() {
    assertThat(laggards.overdue(7, Map.of("live", 7, "dead", 5), 100)).isEmpty();
    assertThat(laggards.overdue(9, Map.of("live", 7, "dead", 5), 139)).isEmpty();
    assertThat(laggards.overdue(9, Map.of("live", 9, "dead", 5), 140)).containsExactly("dead");
  }

  @Test
  void shouldBearWithWhoFollowsSlowly() {
    laggards.overdue(7, Map.of("slow", 5), 0);
    laggards.overdue(8, Map.of("slow", 6), 39);
    assertThat(laggards.overdue(8, Map.of("slow", 6), 78)).isEmpty();
    assertThat(laggards.overdue(8, Map.of("slow", 8), 79)).isEmpty();
    assertThat(laggards.overdue(9, Map.of("slow", 8), 200)).isEmpty();
  }

  @Test
  void shouldForgetWhoHasLeft() {
    laggards.overdue(7, Map.of("a", 5), 0);
    laggards.overdue(7, Map.of(), 20);
    assertThat(laggards.overdue(7, Map.of("a", 5), 60)).isEmpty();
  }
}
