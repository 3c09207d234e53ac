package io.zoetrope.faults;

import io.zoetrope.faults.Workload.Wanted;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the tests break: three brokers, a splitter, three detectors, three topologies with a standby
 * each, a gateway; and what would come of the videos if nothing broke.
 */
record Stage(Installation installation, Workload workload, Verifier verifier)
    implements AutoCloseable {
  static final int DETECTORS = 3;
  static final int TOPOLOGIES = 3;

  private static final int BROKERS = 3;

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
      return new Stage(installation, workload, new Verifier(installation, undisturbed));
    } catch (Throwable e) {
      installation.close();
      throw e;
    }
  }

  private static List<Role> detectors(Installation installation) {
    return IntStream.rangeClosed(1, DETECTORS).mapToObj(installation::detector).toList();
  }

  @Override
  public void close() {
    installation.close();
  }
}
