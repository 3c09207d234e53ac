package io.zoetrope.benchmarks;

import io.zoetrope.cli.broker.EmbeddedBroker;
import io.zoetrope.cli.data.DataFolder;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
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
      Folders.delete(folder);
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
      measure(broker.bootstrapServers(), folder.resolve("media"), video, frames);
    }
  }

  private void measure(String servers, Path media, Path video, long frames) throws Exception {
    List<String> options =
        new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
    options.addAll(jvm);
    try (WatchedProcess splitter =
        new WatchedProcess(
            options, SplitterProcess.class, List.of(servers, media.toString(), video.toString()))) {
      TimeUnit.SECONDS.sleep(SETTLING_SECONDS);
      long baseline = splitter.residentKib();
      System.out.printf("idle: %,d KiB%n", baseline);
      splitter.ask();
      long start = System.nanoTime();
      long peak = 0;
      long done = 0;
      long shown = 0;
      while (done < frames) {
        TimeUnit.MILLISECONDS.sleep(200);
        done = splitter.frames();
        long resident = splitter.residentKib();
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
  }
}
