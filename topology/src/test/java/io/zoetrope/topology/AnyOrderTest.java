package io.zoetrope.topology;

import static io.zoetrope.topology.Events.RUN;
import static io.zoetrope.topology.Events.RUN_KEY;
import static io.zoetrope.topology.Events.batch;
import static io.zoetrope.topology.Events.completed;
import static io.zoetrope.topology.Events.failedBatch;
import static io.zoetrope.topology.Events.lostBatch;
import static io.zoetrope.topology.Events.progress;
import static io.zoetrope.topology.Events.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.events.RunCompleted;
import io.zoetrope.events.RunStatus;
import io.zoetrope.topology.query.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnyOrderTest {
  private static final int ORDERS = 30;
  private static final Duration A_LOOK = Duration.ofSeconds(5);

  @TempDir Path folder;

  @Test
  void shouldEndInTheSameLedgerWhateverTheOrder() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    List<SpecificRecord> events =
        new ArrayList<>(
            List.of(
                request(RUN),
                progress(0, RUN),
                progress(2, RUN),
                completed(RUN),
                failedBatch(0),
                batch(RUN, 0, 2),
                batch(0),
                batch(RUN, 1, 1),
                failedBatch(1),
                lostBatch(1, "BATCH_LOST"),
                lostBatch(2, "RECORD_UNREADABLE"),
                batch(2)));
    Run expected = withoutRevision(endOf(events, "in-order"));

    for (int i = 0; i < ORDERS; i++) {
      List<SpecificRecord> shuffled = new ArrayList<>(events);
      for (SpecificRecord event : events) {
        if (random.nextBoolean()) {
          shuffled.add(event);
        }
      }
      Collections.shuffle(shuffled, random);

      assertThat(withoutRevision(endOf(shuffled, "order-" + i)))
          .as("seed %d, order %d", seed, i)
          .isEqualTo(expected);
    }
  }

  private Run endOf(List<SpecificRecord> events, String name) {
    try (TopologyRig rig = new TopologyRig(folder.resolve(name))) {
      events.forEach(rig::pipe);
      rig.advance(A_LOOK);
      List<RunCompleted> ends = rig.results().stream().map(result -> result.value).toList();
      Run run = rig.queries().run(Events.VIDEO, RUN).value().orElseThrow();
      RunCompleted last = ends.get(ends.size() - 1);
      assertThat(last.getStatus()).isEqualTo(RunStatus.INCOMPLETE);
      assertThat(last.getRevision()).isEqualTo(ends.size()).isEqualTo(run.revision());
      assertThat(last.getFrames().getFailed()).isEqualTo(run.frames().failed()).isEqualTo(1);
      assertThat(last.getMissing()).hasSize(1);
      assertThat(rig.detections(RUN_KEY)).containsExactly(batch(0), batch(RUN, 1, 1), batch(2));
      return run;
    }
  }

  private static Run withoutRevision(Run run) {
    return new Run(
        run.videoId(),
        run.runId(),
        run.splitId(),
        run.modelId(),
        run.status(),
        0,
        run.options(),
        run.frames(),
        run.batches(),
        run.labels(),
        run.missing(),
        run.rejection(),
        run.readError(),
        run.packets());
  }
}
