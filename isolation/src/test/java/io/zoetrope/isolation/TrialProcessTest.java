package io.zoetrope.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.zoetrope.isolation.TrialResult.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TrialProcessTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir private Path folder;

  /** Does what it is told; notes each life in a file. */
  static final class Obedient {
    public static void main(String[] arguments) throws IOException {
      TrialChild.serve(Obedient::obey);
    }

    private static void obey(ByteBuffer request, SeekableByteChannel original) throws Exception {
      String[] words = UTF_8.decode(request).toString().split(" ", -1);
      switch (words[0]) {
        case "die" -> kill(words[1]);
        case "die-once" -> {
          if (Files.deleteIfExists(Path.of(words[2]))) {
            kill(words[1]);
          }
        }
        case "hang" -> new CountDownLatch(1).await();
        case "exit" -> System.exit(Integer.parseInt(words[1]));
        case "fail" -> throw new IllegalStateException("as told");
        case "report" -> throw new TrialFailureException("as told", null);
        case "limits" -> Files.copy(Path.of("/proc/self/limits"), Path.of(words[1]));
        case "copy" -> copy(original, Path.of(words[1]));
        case "pid" ->
            Files.writeString(Path.of(words[1]), Long.toString(ProcessHandle.current().pid()));
        default -> {}
      }
    }

    private static void kill(String signal) throws Exception {
      String pid = Long.toString(ProcessHandle.current().pid());
      new ProcessBuilder("kill", "-" + signal, pid).start().waitFor();
      new CountDownLatch(1).await();
    }

    private static void copy(SeekableByteChannel original, Path target) throws IOException {
      ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(original.size()));
      original.position(1);
      while (original.read(bytes) >= 0) {}
      Files.write(target, Arrays.copyOf(bytes.array(), bytes.position()));
    }
  }

  /** Brings back what it was asked. */
  static final class Echo {
    public static void main(String[] arguments) throws IOException {
      TrialChild.run(
          (request, original) -> {
            byte[] answer = new byte[request.remaining()];
            request.get(answer);
            return answer;
          });
    }
  }

  @Test
  void shouldBringBackWhatAChildAnswers() {
    byte[] large = new byte[1 << 20];
    Arrays.fill(large, (byte) 7);

    try (TrialProcess trial = new TrialProcess(Echo.class)) {
      assertThat(result(trial, "some words"))
          .isEqualTo(TrialResult.survived("some words".getBytes(UTF_8)));
      assertThat(trial.run(large, TrialProcessTest::none, LONG, () -> false).answer())
          .isEqualTo(ByteBuffer.wrap(large));
    }
  }

  @Test
  void shouldSayNothingOfWhatSurvives() {
    try (TrialProcess trial = new TrialProcess(Obedient.class)) {
      assertThat(run(trial, "nothing")).isEmpty();
      assertThat(run(trial, "fail")).isEmpty();
    }
  }

  @Test
  void shouldNameTheSignalThatAChildDiesOf() {
    try (TrialProcess trial = new TrialProcess(Obedient.class)) {
      assertThat(run(trial, "die ABRT")).contains("died of SIGABRT");
      assertThat(run(trial, "die KILL")).contains("died of SIGKILL");
      assertThat(run(trial, "nothing")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SEGV", "BUS", "ILL", "FPE"})
  void shouldSeeThatNativeCodeCrashed(String signal) {
    try (TrialProcess trial = new TrialProcess(Obedient.class)) {
      // Whatever kills native code, the JVM writes its report and aborts.
      assertThat(result(trial, "die " + signal))
          .isEqualTo(new TrialResult(Outcome.CRASHED, "died of SIGABRT"));
    }
  }

  @Test
  void shouldTellWhatAChildFailedOf() {
    try (TrialProcess trial = new TrialProcess(Obedient.class)) {
      assertThat(result(trial, "report")).isEqualTo(new TrialResult(Outcome.FAILED, "as told"));
      assertThat(result(trial, "fail"))
          .isEqualTo(new TrialResult(Outcome.FAILED, "java.lang.IllegalStateException: as told"));
    }
  }

  @Test
  void shouldLimitTheMemoryOfAChild() throws Exception {
    assumeThat(Path.of("/proc/self/limits")).as("needs Linux").exists();
    Path limits = folder.resolve("limits");

    try (TrialProcess trial = new TrialProcess(Obedient.class, 1L << 30)) {
      assertThat(result(trial, "limits " + limits))
          .isEqualTo(new TrialResult(Outcome.SURVIVED, ""));
    }

    assertThat(limits)
        .content()
        .containsPattern("Max address space +" + (3L << 30) + " +" + (3L << 30));
  }

  @Test
  void shouldTryAgainBeforeItBlamesWhatAChildDoesAfterOtherThings() throws Exception {
    Path fuse = Files.createFile(folder.resolve("fuse"));
    try (TrialProcess trial = new TrialProcess(Obedient.class)) {
      assertThat(run(trial, "nothing")).isEmpty();
      assertThat(run(trial, "die-once ABRT " + fuse)).isEmpty();
    }
    assertThat(fuse).doesNotExist();
  }

  @Test
  void shouldNotBlameWhatSomebodyEndedFromOutside() throws Exception {
    Path fuse = Files.createFile(folder.resolve("fuse"));
    try (TrialProcess trial = new TrialProcess(Obedient.class)) {
      assertThat(run(trial, "die-once TERM " + fuse)).isEmpty();
      assertThat(run(trial, "exit 3")).isEmpty();
    }
  }

  @Test
  void shouldGiveUpOnWhatHangs() {
    try (TrialProcess trial = new TrialProcess(Obedient.class)) {
      assertThat(
              trial.run(
                  "hang".getBytes(UTF_8),
                  TrialProcessTest::none,
                  Duration.ofSeconds(3),
                  () -> false))
          .isEqualTo(new TrialResult(Outcome.HUNG, "gave no sign of life for 3 s"));
    }
  }

  @Test
  void shouldLetTheChildReadTheOriginal() throws Exception {
    Path original = Files.writeString(folder.resolve("original"), "some bytes");
    Path copy = folder.resolve("copy");

    try (TrialProcess trial = new TrialProcess(Obedient.class)) {
      assertThat(
              trial.run(("copy " + copy).getBytes(UTF_8), () -> open(original), LONG, () -> false))
          .isEqualTo(new TrialResult(Outcome.SURVIVED, ""));
    }

    assertThat(copy).hasContent("ome bytes");
  }

  @Test
  void shouldSurviveAnOriginalThatCannotBeRead() {
    try (TrialProcess trial = new TrialProcess(Obedient.class)) {
      assertThat(run(trial, "copy " + folder.resolve("copy"))).isEmpty();
    }
  }

  @Test
  void shouldGiveUpWhatIsAbandoned() throws Exception {
    Path original = Files.writeString(folder.resolve("original"), "some bytes");
    byte[] request = ("copy " + folder.resolve("copy")).getBytes(UTF_8);

    try (TrialProcess trial = new TrialProcess(Obedient.class)) {
      assertThatExceptionOfType(CancellationException.class)
          .isThrownBy(() -> trial.run(request, () -> open(original), LONG, () -> true));
    }
  }

  @Test
  void shouldGiveUpWhatHangsOnceItIsAbandonedAndEnded() {
    AtomicBoolean abandoned = new AtomicBoolean();
    TrialProcess trial = new TrialProcess(Obedient.class);
    run(trial, "nothing");
    CompletableFuture<TrialResult> hanging =
        CompletableFuture.supplyAsync(
            () -> trial.run("hang".getBytes(UTF_8), TrialProcessTest::none, LONG, abandoned::get));

    abandoned.set(true);
    trial.close();

    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(hanging::join)
        .withCauseInstanceOf(CancellationException.class);
  }

  @Test
  void shouldKeepOneChildForManyRequestsAndEndItWithItself() throws Exception {
    try (TrialProcess trial = new TrialProcess(Obedient.class)) {
      run(trial, "pid " + folder.resolve("first"));
      run(trial, "pid " + folder.resolve("second"));
    }

    String pid = Files.readString(folder.resolve("first"));
    assertThat(folder.resolve("second")).hasContent(pid);
    ProcessHandle.of(Long.parseLong(pid)).ifPresent(child -> child.onExit().join());
  }

  @Test
  void shouldCountAsSurvivedWhatCannotBeTried() {
    try (TrialProcess trial = new TrialProcess(String.class)) {
      assertThat(run(trial, "die ABRT")).isEmpty();
    }
  }

  private static Optional<String> run(TrialProcess trial, String request) {
    return result(trial, request).death();
  }

  private static TrialResult result(TrialProcess trial, String request) {
    return trial.run(request.getBytes(UTF_8), TrialProcessTest::none, LONG, () -> false);
  }

  private static SeekableByteChannel none() {
    throw new IllegalStateException("there is none");
  }

  private static SeekableByteChannel open(Path file) {
    try {
      return FileChannel.open(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
