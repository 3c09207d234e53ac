package io.zoetrope.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.cli.client.Render;
import io.zoetrope.cli.client.ZoetropeClient;
import io.zoetrope.faults.Workload.Kind;
import io.zoetrope.faults.Workload.Wanted;
import io.zoetrope.integration.EveryPicture;
import io.zoetrope.samples.SampleVideo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whoever dies while an annotated video is made, it comes, and has the same bytes. */
@ExtendWith(OneStage.class)
class AssemblerFaults {
  private static final int ASSEMBLERS = 2;
  private static final int FRAMES = Scale.CHOSEN.of(480, 1_500);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir private Path folder;
  private final Installation installation;
  private final Workload workload;
  private final long seed = Long.getLong("zoetrope.seed", System.nanoTime());
  private final Random random = new Random(seed);

  AssemblerFaults(Stage stage) {
    this.installation = stage.installation();
    this.workload = stage.workload();
  }

  @AfterEach
  void retireAssemblers() {
    assemblers().forEach(installation::retire);
  }

  @Test
  void shouldMakeTheSameVideoWhereAssemblersAreKilled() throws Exception {
    System.out.printf("seed %d%n", seed);
    // Given what an undisturbed assembler makes of a run
    ZoetropeClient client = installation.client();
    Wanted run = submit(client);
    Workload.awaitEnd(client, List.of(run));
    assemblers().get(0).start();
    String renderId = client.requestRender(run.videoId(), run.runId(), Map.of());
    Render undisturbed = awaitEnd(client, run, renderId);
    // whom the gateway has its pictures made by, too
    new EveryPicture(installation.gatewayUrl(), run.videoId(), run.runId(), folder).check();
    client.deleteRender(run.videoId(), renderId);
    Awaitility.await().atMost(PATIENCE).until(() -> client.renders(run.videoId()).isEmpty());
    assemblers().get(1).start();

    // When it is made again while one of two dies again and again
    client.requestRender(run.videoId(), run.runId(), Map.of());
    for (int kill = 1; kill <= Scale.CHOSEN.of(2, 15); kill++) {
      int done = kill;
      Awaitility.await()
          .atMost(PATIENCE)
          .until(
              () -> {
                Render render = client.render(run.videoId(), renderId);
                return render.segments().rendered() >= done || isOver(render);
              });
      Role victim = assemblers().get(random.nextInt(ASSEMBLERS));
      victim.kill();
      victim.start();
    }
    Render disturbed = awaitEnd(client, run, renderId);

    // Then
    assertThat(disturbed.state()).isEqualTo(Render.State.COMPLETE);
    assertThat(disturbed.result()).isEqualTo(undisturbed.result());
    assertThat(disturbed.result().frames()).isEqualTo(FRAMES);
    assemblers().forEach(Role::awaitReady);
    // Who died with a segment in hand makes it again, though nobody waits for it any more
    for (int number = 1; number <= ASSEMBLERS; number++) {
      Path unfinished = installation.unfinished(number);
      Awaitility.await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(unfinished).isEmptyDirectory());
    }
  }

  private List<Role> assemblers() {
    int[] topologies = IntStream.rangeClosed(1, Stage.TOPOLOGIES).toArray();
    return IntStream.rangeClosed(1, ASSEMBLERS)
        .mapToObj(number -> installation.assembler(number, topologies))
        .toList();
  }

  private Wanted submit(ZoetropeClient client) throws Exception {
    Path video = folder.resolve("annotated.mp4");
    SampleVideo.write(21, FRAMES, video, Files.createTempFile(folder, "truth", ".jsonl"));
    Map<String, String> options =
        Map.of("modelId", Workload.modelId(client, "zoetrope-shapes"), "maxFps", "25");
    return workload.submit(client, new Kind(video, options));
  }

  private static boolean isOver(Render render) {
    return render.state() == Render.State.COMPLETE || render.state() == Render.State.FAILED;
  }

  private static Render awaitEnd(ZoetropeClient client, Wanted run, String renderId) {
    return Awaitility.await("the video to be annotated")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions()
        .until(() -> client.render(run.videoId(), renderId), AssemblerFaults::isOver);
  }
}
