package io.zoetrope.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.faults.Verifier.Verdict;
import io.zoetrope.faults.Workload.Kind;
import io.zoetrope.faults.Workload.Wanted;
import io.zoetrope.integration.Shared;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whatever is killed, frozen or taken away meanwhile, every run ends with all of its frames, once
 * each. One fault at a time, on one installation of three brokers, a splitter, three detectors and
 * three topologies with a standby each.
 */
@ExtendWith(OneStage.class)
class ProcessFaults {
  /** Above the session time-out of six seconds and the transactions' ten. */
  private static final Duration FROZEN = Duration.ofSeconds(20);

  private static final Duration OUTAGE = Duration.ofSeconds(60);

  /** In which all is as if nothing had happened, beside the work that was left. */
  private static final Duration RECOVERY = Duration.ofSeconds(60);

  private final Stage stage;
  private final Installation installation;
  private final Workload workload;
  private final Verifier verifier;
  private final long seed = Long.getLong("zoetrope.seed", System.nanoTime());
  private final Random random = new Random(seed);

  ProcessFaults(Stage stage) {
    this.stage = stage;
    this.installation = stage.installation();
    this.workload = stage.workload();
    this.verifier = stage.verifier();
  }

  /** The next test finds everybody at work. */
  @AfterEach
  void bringEverybodyBack() {
    installation.bringEverybodyBack();
  }

  @Test
  void shouldLoseNothingWhereDetectorsAreKilled() {
    List<Wanted> wanted = submit(Scale.CHOSEN.of(6, 50));

    for (int kill = 0; kill < Scale.CHOSEN.of(5, 30); kill++) {
      Role victim = installation.detector(1 + random.nextInt(Stage.DETECTORS));
      pause(500, 2_500);
      victim.kill();
      victim.start();
    }

    verify("detectors killed", wanted);
  }

  @Test
  void shouldLoseNothingWhereADetectorOfARealModelIsKilled() {
    List<Role> detectors =
        Stream.of("nano-1", "nano-2")
            .map(name -> installation.detector(name, Shared.model("yolox_nano.onnx")))
            .toList();
    detectors.forEach(Role::start);
    detectors.forEach(Role::awaitReady);
    String nano = Workload.modelId(installation.client(), "yolox_nano");
    Kind cars = new Kind(Shared.media("car-detection.mp4"), Map.of("modelId", nano, "maxFps", "2"));
    Wanted undisturbed = workload.submit(installation.client(), cars);
    Workload.awaitEnd(installation.client(), List.of(undisturbed));
    verifier.learn(List.of(undisturbed));

    List<Wanted> wanted =
        Stream.generate(() -> workload.submit(installation.client(), cars)).limit(3).toList();
    pause(500, 2_000);
    detectors.get(0).kill();

    verify("detector of a real model killed", wanted);
    detectors.forEach(installation::retire);
  }

  @Test
  void shouldLoseNothingWhereTopologiesAreKilled() throws Exception {
    List<Wanted> wanted = submit(Scale.CHOSEN.of(4, 40));

    for (int kill = 0; kill < Scale.CHOSEN.of(3, 20); kill++) {
      int number = 1 + random.nextInt(Stage.TOPOLOGIES);
      Role victim = installation.topology(number);
      pause(500, 3_000);
      victim.kill();
      if (kill % 3 == 1) {
        Folders.delete(installation.state(number));
      }
      victim.start();
      if (kill % 3 == 2) {
        // While it still restores what it had.
        pause(1_500, 4_000);
        victim.kill();
        victim.start();
      }
    }

    verify("topologies killed", wanted);
    verifier.verifyAgainstLog();
  }

  @Test
  void shouldLoseNothingWhereABrokerIsKilledAndThenAllAreGone() {
    for (int round = 0; round < Scale.CHOSEN.of(1, 5); round++) {
      List<Wanted> wanted = submit(4);

      pause(500, 2_000);
      KafkaNode victim = installation.brokers().get(random.nextInt(3));
      victim.kill();
      pause(3_000, 6_000);
      victim.start();
      installation.awaitBrokers();
      installation.brokers().forEach(KafkaNode::kill);
      pause(OUTAGE);
      installation.brokers().forEach(KafkaNode::start);
      installation.awaitBrokers();
      installation.requireEverybody();

      verify("brokers gone", wanted);
      installation.requireEverybody();
    }
  }

  @Test
  void shouldLoseNothingWhereTheSplitterIsKilledInMidVideo() {
    List<Wanted> wanted = submit(Scale.CHOSEN.of(4, 20));

    for (int kill = 0; kill < Scale.CHOSEN.of(2, 10); kill++) {
      pause(100, 1_500);
      installation.splitter().kill();
      installation.splitter().start();
    }

    verify("splitter killed", wanted);
  }

  @Test
  void shouldLoseNothingWhereADetectorFreezesAndComesBack() {
    for (int round = 0; round < Scale.CHOSEN.of(1, 5); round++) {
      freeze(installation.detector(1 + random.nextInt(Stage.DETECTORS)));
    }
    if (Scale.CHOSEN == Scale.FULL) {
      freeze(installation.splitter());
      freeze(installation.topology(1 + random.nextInt(Stage.TOPOLOGIES)));
    }
  }

  private void freeze(Role victim) {
    List<Wanted> wanted = submit(4);

    pause(500, 2_000);
    assertThat(Workload.open(installation.client(), wanted)).isNotEmpty();
    victim.process().freeze();
    pause(FROZEN);
    victim.process().thaw();

    verify(victim + " frozen", wanted);
  }

  @Test
  void shouldLoseNothingWhileDetectorsComeAndGo() {
    for (int cycle = 0; cycle < Scale.CHOSEN.of(1, 10); cycle++) {
      installation.detector(2).process().terminate(Duration.ofSeconds(30));
      installation.detector(3).process().terminate(Duration.ofSeconds(30));
      List<Wanted> wanted = submit(6);

      IntStream.rangeClosed(2, 4).mapToObj(installation::detector).forEach(Role::start);
      IntStream.rangeClosed(2, 4).mapToObj(installation::detector).forEach(Role::awaitReady);
      pause(1_000, 2_000);
      IntStream.rangeClosed(2, 4)
          .mapToObj(installation::detector)
          .forEach(
              detector ->
                  assertThat(detector.process().terminate(Duration.ofSeconds(30)))
                      .as("exit status of %s", detector)
                      .isEqualTo(128 + 15));

      installation.retire(installation.detector(4));
      verify("detectors come and gone", wanted);
    }
  }

  private List<Wanted> submit(int videos) {
    System.out.printf("seed %d%n", seed);
    return workload.submit(installation.client(), videos);
  }

  private void verify(String fault, List<Wanted> wanted) {
    long faultsEnded = System.nanoTime();
    long left = Workload.framesLeft(installation.client(), wanted);
    Workload.awaitEnd(installation.client(), wanted);
    Duration took = Duration.ofNanos(System.nanoTime() - faultsEnded);
    Verdict verdict = verifier.verify(wanted);
    System.out.printf(
        "%s: %s; %d frames were left after the last of it, and done in %.1f s%n",
        fault, verdict, left, took.toMillis() / 1e3);
    if (Scale.CHOSEN == Scale.FULL) {
      Duration recovery = took.minus(stage.undisturbed(left));
      System.out.printf("%s: %.1f s longer than without%n", fault, recovery.toMillis() / 1e3);
      assertThat(recovery).as("what it took beside the work that was left").isLessThan(RECOVERY);
    }
  }

  /** Lets the others work for a random time. */
  private void pause(int fromMillis, int toMillis) {
    pause(Duration.ofMillis(fromMillis + random.nextInt(toMillis - fromMillis)));
  }

  private static void pause(Duration duration) {
    Awaitility.await().pollDelay(duration).atMost(duration.plusMinutes(1)).until(() -> true);
  }
}
