package io.zoetrope.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.events.Rational;
import io.zoetrope.events.RunOptions;
import io.zoetrope.events.SplitOptions;
import org.junit.jupiter.api.Test;

/**
 * The literal ids are a contract: a release that computes others would not find what an earlier one
 * stored.
 */
class IdentitiesTest {
  private static final String VIDEO = "ba7816bf8f01cfea414140de5dae2223";

  @Test
  void shouldNeverChange() {
    String splitId = Identities.splitId(VIDEO, new SplitOptions(-1, 0, 1, null, false));
    String runId = Identities.runId(splitId, "yolo-0123456789ab", new RunOptions(0.25f, 0.45f), 1);

    assertThat(
            Identities.videoId("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"))
        .isEqualTo(VIDEO);
    assertThat(splitId).isEqualTo("35235d3f20b07458dd547983");
    assertThat(runId).isEqualTo("3b51516d4c50baf93fd12b2f");
  }

  @Test
  void shouldTellEveryOptionApart() {
    String split = Identities.splitId(VIDEO, new SplitOptions(-1, 0, 1, null, false));

    assertThat(split)
        .isNotEqualTo(Identities.splitId(VIDEO, new SplitOptions(0, 0, 1, null, false)))
        .isNotEqualTo(Identities.splitId(VIDEO, new SplitOptions(-1, 64, 1, null, false)))
        .isNotEqualTo(Identities.splitId(VIDEO, new SplitOptions(-1, 0, 2, null, false)))
        .isNotEqualTo(
            Identities.splitId(VIDEO, new SplitOptions(-1, 0, 1, new Rational(5, 1), false)))
        .isNotEqualTo(Identities.splitId(VIDEO, new SplitOptions(-1, 0, 1, null, true)));
    assertThat(run(split, 0.25f, 0.45f))
        .isNotEqualTo(run(split, 0.45f, 0.25f))
        .isNotEqualTo(run(split, Math.nextUp(0.25f), 0.45f));
  }

  private static String run(String split, float confidence, float iou) {
    return Identities.runId(split, "m", new RunOptions(confidence, iou), 1);
  }
}
