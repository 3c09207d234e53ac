package io.zoetrope.benchmarks;

import io.zoetrope.assembler.segments.SegmentRenderer;
import io.zoetrope.events.Concealment;
import io.zoetrope.events.RenderPreset;
import io.zoetrope.events.SegmentRequested;
import io.zoetrope.media.Preset;
import io.zoetrope.media.SegmentJoin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What annotated videos cost beside decoding and encoding alone, without Kafka. */
@Command(
    name = "annotate",
    mixinStandardHelpOptions = true,
    description = "Annotated videos, by one worker and by several, beside decode and encode alone.")
final class AnnotateBenchmark implements Callable<Integer> {
  @Parameters(
      defaultValue = "restaurant-720p.mp4,one-by-one-person-detection.mp4",
      split = ",",
      description = "Videos. Default: ${DEFAULT-VALUE}.")
  private List<String> videos;

  @Option(
      names = "--workers",
      split = ",",
      defaultValue = "1,2",
      description = "Threads that make segments. Default: ${DEFAULT-VALUE}.")
  private List<Integer> workers;

  @Option(names = "--rounds", defaultValue = "3", description = "Each way is taken so often.")
  private int rounds;

  @Option(names = "--objects", defaultValue = "10", description = "In a frame.")
  private int objects;

  @Option(
      names = "--preset",
      defaultValue = "BALANCED",
      description = "FAST, BALANCED or BEST. Default: ${DEFAULT-VALUE}.")
  private Preset preset;

  @Option(
      names = "--conceal",
      defaultValue = "NOTHING",
      description = "NOTHING, BLUR or PIXELATE, of all objects. Default: ${DEFAULT-VALUE}.")
  private Concealment concealment;

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("zoetrope-benchmark");
    try {
      for (String name : videos) {
        measure(name, SharedMedia.file(name), folder);
      }
    } finally {
      Folders.delete(folder);
    }
    return 0;
  }

  /** One way of doing it: processor time of its threads, and time on the wall. */
  private static final class Way {
    private final CpuTime processor = new CpuTime();
    private long wallNanos;

    double framesPerSecond() {
      return processor.frames() * 1e9 / wallNanos;
    }
  }

  private void measure(String name, Path video, Path folder) throws Exception {
    List<SegmentRequested> plan =
        new AnnotatedPlan(video, RenderPreset.valueOf(preset.name()), concealment, objects)
            .segments();
    Path target = folder.resolve("annotated.mp4");
    Way bare = new Way();
    CpuTime drawing = new CpuTime();
    CpuTime joining = new CpuTime();
    List<Way> ways = new ArrayList<>();
    workers.forEach(count -> ways.add(new Way()));
    ExecutorService threads = Executors.newFixedThreadPool(Collections.max(workers));
    System.out.printf("%s, %d segments, %d objects a frame%n", name, plan.size(), objects);
    // The first round is for the compiler.
    for (int round = 0; round <= rounds; round++) {
      boolean counts = round > 0;
      bare(video, target, counts ? bare : new Way());
      for (int i = 0; i < workers.size(); i++) {
        annotate(plan, folder, workers.get(i), threads, counts ? ways.get(i) : new Way());
        join(plan, folder, target, counts ? joining : new CpuTime());
      }
      (counts ? drawing : new CpuTime()).measure(() -> Drawing.run(plan));
      System.out.printf("round %d: %,d KiB resident%n", round, residentKib());
    }
    threads.shutdown();
    print("decode and encode alone", bare, bare, 0);
    for (int i = 0; i < workers.size(); i++) {
      String what = "annotate and join, workers: " + workers.get(i);
      print(what, ways.get(i), bare, joining.millisPerFrame());
    }
    double onTop = drawing.millisPerFrame() + joining.millisPerFrame();
    System.out.printf(
        "of which drawing %.3f and joining %.3f: %+.1f %%%n",
        drawing.millisPerFrame(),
        joining.millisPerFrame(),
        100 * onTop / bare.processor.millisPerFrame());
  }

  private static void print(String what, Way way, Way bare, double joining) {
    double millis = way.processor.millisPerFrame() + joining;
    System.out.printf(
        "%-34s %9.3f ms/frame of a core, %+5.1f %%; %7.1f frames/s%n",
        what, millis, 100 * (millis / bare.processor.millisPerFrame() - 1), way.framesPerSecond());
  }

  private void bare(Path video, Path target, Way way) throws Exception {
    long start = System.nanoTime();
    way.processor.measure(() -> PlainTranscode.run(video, target, preset));
    way.wallNanos += System.nanoTime() - start;
  }

  private static void annotate(
      List<SegmentRequested> plan, Path folder, int workers, ExecutorService threads, Way way)
      throws Exception {
    long start = System.nanoTime();
    AtomicInteger next = new AtomicInteger();
    List<Future<CpuTime>> results =
        threads.invokeAll(Collections.nCopies(workers, () -> work(plan, next, folder)));
    for (Future<CpuTime> result : results) {
      way.processor.add(result.get());
    }
    way.wallNanos += System.nanoTime() - start;
  }

  private static CpuTime work(List<SegmentRequested> plan, AtomicInteger next, Path folder)
      throws Exception {
    CpuTime time = new CpuTime();
    try (SegmentRenderer renderer = new SegmentRenderer(AnnotateBenchmark::open)) {
      for (int i = next.getAndIncrement(); i < plan.size(); i = next.getAndIncrement()) {
        SegmentRequested segment = plan.get(i);
        Path file = file(folder, i);
        time.measure(() -> renderer.render(segment, file, () -> false).frames());
      }
    }
    return time;
  }

  private static void join(List<SegmentRequested> plan, Path folder, Path target, CpuTime time)
      throws Exception {
    List<SegmentJoin.Source> segments = new ArrayList<>();
    for (int i = 0; i < plan.size(); i++) {
      Path file = file(folder, i);
      segments.add(() -> Files.newByteChannel(file));
    }
    time.measure(() -> SegmentJoin.join(target, segments, Optional.empty()).pictures());
  }

  private static Path file(Path folder, int segment) {
    return folder.resolve(segment + ".mp4");
  }

  private static SeekableByteChannel open(String location) {
    try {
      return Files.newByteChannel(Path.of(location));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long residentKib() throws IOException {
    return WatchedProcess.residentKib(ProcessHandle.current().pid());
  }
}
