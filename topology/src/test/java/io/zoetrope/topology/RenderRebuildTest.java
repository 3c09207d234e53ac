package io.zoetrope.topology;

import static io.zoetrope.topology.Events.VIDEO;
import static io.zoetrope.topology.RenderEvents.KEY;
import static io.zoetrope.topology.RenderEvents.RENDER;
import static io.zoetrope.topology.RenderEvents.completion;
import static io.zoetrope.topology.RenderEvents.event;
import static io.zoetrope.topology.RenderEvents.failure;
import static io.zoetrope.topology.RenderEvents.plan;
import static io.zoetrope.topology.RenderEvents.requested;
import static io.zoetrope.topology.RenderEvents.segment;
import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.events.RenderEvent;
import io.zoetrope.schemas.Topics;
import io.zoetrope.topology.query.Render;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has become of renders, from the log of it alone. */
class RenderRebuildTest {
  private static final int LOGS = 20;
  private static final int EVENTS = 15;

  @TempDir Path folder;

  @Test
  void shouldBeRebuiltFromTheLogHoweverFarItIsCompacted() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < LOGS; i++) {
      List<RenderEvent> log = new ArrayList<>();
      Render live;
      try (TopologyRig working = new TopologyRig(folder.resolve("live-" + i))) {
        working.pipe(Topics.RENDERS, KEY, requested());
        for (int j = 0; j < EVENTS; j++) {
          pipe(working, anyEvent(random), log);
        }
        live = working.queries().render(VIDEO, RENDER).value().orElseThrow();
      }

      try (TopologyRig rebuilt = TopologyRig.rebuilding(folder.resolve("rebuilt-" + i))) {
        rebuilt.pipe(Topics.RENDERS, KEY, requested());
        for (RenderEvent event : compacted(log)) {
          rebuilt.pipe(Topics.RENDER_EVENTS, RenderEventProcessor.key(event), event);
        }

        Render again = rebuilt.queries().render(VIDEO, RENDER).value().orElseThrow();
        assertThat(again.state()).as("seed %d, log %d", seed, i).isEqualTo(live.state());
        assertThat(again.revision()).isEqualTo(live.revision());
        assertThat(again.result()).isEqualTo(live.result());
        assertThat(again.segments().rendered()).isEqualTo(live.segments().rendered());
        assertThat(again.failedFrames()).isEqualTo(live.failedFrames());
      }
    }
  }

  /** What the topology writes comes to it again. */
  private static void pipe(TopologyRig rig, RenderEvent event, List<RenderEvent> log) {
    log.add(event);
    rig.pipe(Topics.RENDER_EVENTS, RenderEventProcessor.key(event), event);
    rig.published(Topics.RENDER_EVENTS).forEach(written -> pipe(rig, written.value(), log));
  }

  private static RenderEvent anyEvent(Random random) {
    int revision = 1 + random.nextInt(2);
    return switch (random.nextInt(6)) {
      case 0 -> event(revision, plan(3));
      case 1 -> event(revision, completion());
      case 2 -> event(revision, failure());
      default -> {
        int sequence = random.nextInt(3);
        yield segment(revision, sequence, sequence * 120L + revision);
      }
    };
  }

  private static List<RenderEvent> compacted(List<RenderEvent> log) {
    Map<String, RenderEvent> last = new LinkedHashMap<>();
    for (RenderEvent event : log) {
      last.remove(RenderEventProcessor.key(event));
      last.put(RenderEventProcessor.key(event), event);
    }
    return new ArrayList<>(last.values());
  }
}
