package io.zoetrope.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Spoilt files, each from a seed: none may hang, crash, leak, end in an unknown way, or lose a
 * frame in silence. {@code -Dzoetrope.hostile.files=N} takes more of them, {@code
 * -Dzoetrope.hostile.seed=N} begins with another seed.
 */
class HostileFilesTest {
  private static final long FILES = Long.getLong("zoetrope.hostile.files", 264);
  private static final long SEED = Long.getLong("zoetrope.hostile.seed", 1);
  private static final int CHILDREN = 2;
  private static final int GROWTH_MEGABYTES = 60;
  private static final Path FOLDER = Path.of("target/hostile");
  private static final Path CORPUS = Path.of("src/test/resources/hostile");

  @BeforeAll
  static void prepare() throws IOException {
    Files.createDirectories(FOLDER);
  }

  @Test
  void shouldEndEverySpoiltFileAsCompletePartialOrRejected() throws Exception {
    List<Path> origins = new ArrayList<>();
    assumeTrue(EncoderProgram.bundled().isPresent(), "no program to make files to spoil");
    for (String name : HostileFiles.ORIGINS) {
      origins.add(VariantStudio.file(name));
    }
    System.out.printf("%d hostile files from seed %d on%n", FILES, SEED);
    HostileRun run = new HostileRun();

    inParallel(child -> run.takeSeeds(SEED + child, CHILDREN, FILES / CHILDREN, origins));

    System.out.printf("%s; slowest seed %s%n", run.verdicts(), run.slowest());
    HostileFiles files = new HostileFiles(origins);
    for (HostileRun.Failure failure : run.failures()) {
      long seed = Long.parseLong(failure.file());
      Path kept = FOLDER.resolve(seed + "-" + files.origin(seed).getFileName());
      Files.write(kept, files.bytes(seed));
      System.out.printf("seed %d: %s; kept as %s%n", seed, failure.what(), kept);
    }
    assertThat(run.failures()).isEmpty();
    assertThat(run.verdicts().keySet())
        .contains("complete", "partial", "rejected MEDIA_UNREADABLE");
    assertThat(run.memory()).allSatisfy(HostileFilesTest::assertFlat);
  }

  @Test
  void shouldEndEveryFileOfTheCorpusToo() throws Exception {
    List<Path> corpus;
    try (Stream<Path> files = Files.list(CORPUS)) {
      corpus = files.sorted().toList();
    }
    HostileRun run = new HostileRun();

    run.takeFiles(corpus);

    assertThat(run.failures()).isEmpty();
    assertThat(run.verdicts().values().stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(2 * corpus.size());
  }

  /** What the second half of the files left behind is no more than the first half did. */
  private static void assertFlat(List<Long> megabytes) {
    int half = megabytes.size() / 2;
    long first = megabytes.subList(0, half + 1).stream().mapToLong(Long::longValue).max().orElse(0);
    long second =
        megabytes.subList(half, megabytes.size()).stream()
            .mapToLong(Long::longValue)
            .max()
            .orElse(0);
    assertThat(second)
        .as("megabytes after each file: " + megabytes)
        .isLessThan(first + GROWTH_MEGABYTES);
  }

  private interface Work {
    void run(int child) throws Exception;
  }

  private static void inParallel(Work work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(CHILDREN);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < CHILDREN; i++) {
        int child = i;
        running.add(
            pool.submit(
                () -> {
                  work.run(child);
                  return null;
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
