package io.zoetrope.cli.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenPartsTest {
  private final List<String> closed = new ArrayList<>();

  @Test
  void shouldCloseInReverseEvenWhenOneFails() {
    OpenParts parts = new OpenParts();
    parts.add(part("broker"));
    parts.add(
        () -> {
          throw new IllegalStateException("stuck");
        });
    parts.add(part("splitter"));

    parts.close();
    parts.close();

    assertThat(closed).containsExactly("splitter", "broker");
  }

  @Test
  void shouldCloseAtOnceWhatIsOpenedTooLate() {
    OpenParts parts = new OpenParts();
    parts.close();

    assertThatThrownBy(() -> parts.add(part("late"))).isInstanceOf(IllegalStateException.class);

    assertThat(closed).containsExactly("late");
  }

  private AutoCloseable part(String name) {
    return () -> closed.add(name);
  }
}
