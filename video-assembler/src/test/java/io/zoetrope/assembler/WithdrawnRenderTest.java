package io.zoetrope.assembler;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.assembler.RenderWork.Step;
import io.zoetrope.store.MediaStore;
import io.zoetrope.store.StoredObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WithdrawnRenderTest {
  @TempDir private Path folder;
  private RenderRig rig;
  private long now;
  private WithdrawnRender withdrawn;

  @BeforeEach
  void open() {
    rig = new RenderRig(folder);
    withdrawn =
        new WithdrawnRender(RenderRig.VIDEO, RenderRig.RENDER, rig.ledger, rig.files, () -> now);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void shouldRemoveWhatWasInTheMakingOnceEverybodyKnows() {
    Path early = keep(1);
    assertThat(withdrawn.look()).isEqualTo(Step.LATER);
    assertThat(early).exists();

    rig.ledger.wanted(false);
    assertThat(withdrawn.look()).isEqualTo(Step.LATER);
    assertThat(early).doesNotExist();

    Path late = keep(2);
    now += Duration.ofSeconds(59).toNanos();
    assertThat(withdrawn.look()).isEqualTo(Step.LATER);
    assertThat(late).exists();
    now += Duration.ofSeconds(1).toNanos();
    assertThat(withdrawn.look()).isEqualTo(Step.ENDED);
    assertThat(late).doesNotExist();
  }

  @Test
  void shouldLeaveOthersAlone() {
    StoredObject other =
        rig.store.keep(MediaStore.Kind.RENDERS, RenderRig.VIDEO + "/other", out -> out.write(1));
    rig.ledger.wanted(false);

    withdrawn.look();

    assertThat(Path.of(other.location())).exists();
  }

  private Path keep(int content) {
    URI location =
        rig.store
            .keep(
                MediaStore.Kind.RENDERS,
                RenderRig.VIDEO + "/" + RenderRig.RENDER,
                out -> out.write(content))
            .location();
    return Path.of(location);
  }
}
