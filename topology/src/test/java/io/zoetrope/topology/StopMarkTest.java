package io.zoetrope.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopMarkTest {
  @TempDir Path stateDir;

  @Test
  void shouldTellOfAStopOnce() {
    new StopMark(stateDir).leave();

    assertThat(new StopMark(stateDir).take()).isTrue();
    assertThat(new StopMark(stateDir).take()).isFalse();
  }

  @Test
  void shouldTellOfNoneWhereTheFolderIsNew() {
    StopMark mark = new StopMark(stateDir.resolve("none"));

    mark.leave();

    assertThat(mark.take()).isFalse();
  }
}
