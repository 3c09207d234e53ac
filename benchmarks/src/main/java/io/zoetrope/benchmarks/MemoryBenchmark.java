package io.zoetrope.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zoetrope.cli.broker.EmbeddedBroker;
import io.zoetrope.cli.data.DataFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The memory of a splitter process over a very long video, on a real broker. */
@Command(
    name = "long-video",
    mixinStandardHelpOptions = true,
    description = "Resident memory of a splitter process that cuts a video of hours.")
final class MemoryBenchmark implements Callable<Integer> {
  private static final int LINES = 12;
  private static final int SETTLING_SECONDS = 5;
  private static final int FRAMES_PER_HOUR = 25 * 3600;

  @Parameters(defaultValue = "bangkok-360p.mp4", description = "A clip. Default: ${DEFAULT-VALUE}.")
  private String clip;

  @Option(names = "--hours", defaultValue = "3", description = "Length, at 25 frames a second.")
  private double hours;

  // What is garbage stays resident as long as the heap has room; only a small one shows the need.
  @Option(
      names = "--jvm",
      split = " ",
      defaultValue = "-Xmx128m",
      description = "Options of the splitter's JVM. Default: ${DEFAULT-VALUE}.")
  private List<String> jvm;

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("zoetrope-benchmark");
    try {
      measure(folder, folder.resolve("looped.mp4"));
    } finally {
      delete(folder);
    }
    return 0;
  }

  private void measure(Path folder, Path video) throws Exception {
    long once = LoopedVideo.write(SharedMedia.file(clip), video, 1);
    int loops = (int) Math.ceil(hours * FRAMES_PER_HOUR / once);
    long frames = LoopedVideo.write(SharedMedia.file(clip), video, loops);
    System.out.printf(
        "%s %d times: %,d packets, %,d bytes%n", clip, loops, frames, Files.size(video));
    try (DataFolder data = DataFolder.open(folder.resolve("data"));
        EmbeddedBroker broker = EmbeddedBroker.start(data)) {
      measure(start(broker.bootstrapServers(), folder.resolve("media"), video), frames);
    }
  }

  private Process start(String servers, Path media, Path video) throws IOException {
    List<String> command = new ArrayList<>(List.of("java"));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(jvm);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            SplitterProcess.class.getName(),
            servers,
            media.toString(),
            video.toString()));
    return new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
  }

  private static void measure(Process splitter, long frames) throws Exception {
    try (BufferedReader answers = splitter.inputReader(UTF_8);
        OutputStream questions = splitter.getOutputStream()) {
      String answer = answers.readLine();
      while (!"waiting".equals(answer)) {
        answer = answers.readLine();
      }
      TimeUnit.SECONDS.sleep(SETTLING_SECONDS);
      long baseline = residentKib(splitter.pid());
      System.out.printf("idle: %,d KiB%n", baseline);
      ask(questions);
      long start = System.nanoTime();
      long peak = 0;
      long done = 0;
      long shown = 0;
      while (done < frames) {
        TimeUnit.MILLISECONDS.sleep(200);
        ask(questions);
        answer = answers.readLine();
        done = answer.matches("\\d+") ? Long.parseLong(answer) : done;
        long resident = residentKib(splitter.pid());
        peak = Math.max(peak, resident);
        if (done >= shown + frames / LINES) {
          System.out.printf("%,9d frames: %,d KiB%n", done, resident);
          shown = done;
        }
      }
      System.out.printf(
          "peak: %,d KiB, %,d KiB above idle; %,.0f frames/s%n",
          peak, peak - baseline, frames * 1e9 / (System.nanoTime() - start));
    }
    splitter.waitFor();
  }

  private static void ask(OutputStream questions) throws IOException {
    questions.write('\n');
    questions.flush();
  }

  private static long residentKib(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
