package io.zoetrope.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.events.Point;
import io.zoetrope.events.Rational;
import io.zoetrope.events.RunFilter;
import io.zoetrope.events.RunOptions;
import io.zoetrope.events.SplitOptions;
import java.util.List;
import java.util.Map;
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
    String runId =
        Identities.runId(splitId, "yolo-0123456789ab", new RunOptions(0.25f, 0.45f, null), 1);

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

  @Test
  void shouldNeverChangeForAFilter() {
    RunFilter filter =
        new RunFilter(
            List.of("car", "person"),
            List.of(),
            Map.of("person", 0.5f, "car", 0.75f),
            10f,
            20f,
            List.of(new Point(0f, 0f), new Point(0f, 1f), new Point(1f, 0.5f)));

    assertThat(run(filter)).isEqualTo("531c658e00ce5358950e4a13");
  }

  @Test
  void shouldTellFiltersApart() {
    assertThat(
            List.of(
                run((RunFilter) null),
                run(labels(List.of("a"), List.of())),
                run(labels(List.of("a", "b"), List.of())),
                run(labels(List.of(), List.of("a"))),
                run(new RunFilter(List.of(), List.of(), Map.of("a", 0.5f), 0f, 0f, List.of())),
                run(new RunFilter(List.of(), List.of(), Map.of(), 1f, 0f, List.of())),
                run(new RunFilter(List.of(), List.of(), Map.of(), 0f, 1f, List.of()))))
        .doesNotHaveDuplicates();
  }

  private static RunFilter labels(List<String> kept, List<String> dropped) {
    return new RunFilter(kept, dropped, Map.of(), 0f, 0f, List.of());
  }

  private static String run(RunFilter filter) {
    return Identities.runId("split", "m", new RunOptions(0.25f, 0.45f, filter), 1);
  }

  private static String run(String split, float confidence, float iou) {
    return Identities.runId(split, "m", new RunOptions(confidence, iou, null), 1);
  }
}
