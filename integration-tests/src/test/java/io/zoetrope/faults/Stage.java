package io.zoetrope.faults;

import io.zoetrope.faults.Workload.Wanted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the tests break: three brokers, a splitter, three detectors, three topologies with a standby
 * each, a gateway; and what would come of the videos if nothing broke.
 *
 * @param framesPerSecond that they detect while nothing breaks; measured where recovery is judged
 */
record Stage(
    Installation installation, Workload workload, Verifier verifier, double framesPerSecond)
    implements AutoCloseable {
  static final int DETECTORS = 3;
  static final int TOPOLOGIES = 3;

  private static final int BROKERS = 3;
  private static final int MEASURED_VIDEOS = 12;

  /** Starts everything, and lets one video of each kind through undisturbed. */
  static Stage set(Path folder) throws Exception {
    Installation installation = Installation.start(folder.resolve("installation"), BROKERS);
    try {
      installation.splitter().start();
      detectors(installation).forEach(Role::start);
      int[] topologies = IntStream.rangeClosed(1, TOPOLOGIES).toArray();
      IntStream.of(topologies).mapToObj(installation::topology).forEach(Role::start);
      installation.gateway(topologies).start();
      installation.bringEverybodyBack();
      Workload workload = new Workload(folder.resolve("videos"), installation.client());
      List<Wanted> undisturbed = workload.oneOfEach(installation.client());
      Workload.awaitEnd(installation.client(), undisturbed);
      Verifier verifier = new Verifier(installation, undisturbed);
      double pace = Scale.CHOSEN == Scale.FULL ? pace(installation, workload) : Double.NaN;
      return new Stage(installation, workload, verifier, pace);
    } catch (Throwable e) {
      installation.close();
      throw e;
    }
  }

  private static double pace(Installation installation, Workload workload) {
    long start = System.nanoTime();
    List<Wanted> videos = workload.submit(installation.client(), MEASURED_VIDEOS);
    Workload.awaitEnd(installation.client(), videos);
    double seconds = (System.nanoTime() - start) / 1e9;
    double pace = MEASURED_VIDEOS * Workload.FRAMES / seconds;
    System.out.printf("while nothing breaks: %.0f frames a second%n", pace);
    return pace;
  }

  /** How long so many frames take while nothing breaks. */
  Duration undisturbed(long frames) {
    return Duration.ofMillis(Math.round(1e3 * frames / framesPerSecond));
  }

  private static List<Role> detectors(Installation installation) {
    return IntStream.rangeClosed(1, DETECTORS).mapToObj(installation::detector).toList();
  }

  @Override
  public void close() {
    installation.close();
  }
}
