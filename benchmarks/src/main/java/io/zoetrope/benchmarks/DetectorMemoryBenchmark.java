package io.zoetrope.benchmarks;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zoetrope.cli.broker.EmbeddedBroker;
import io.zoetrope.cli.data.DataFolder;
import io.zoetrope.detector.onnx.Model;
import io.zoetrope.detector.onnx.ModelOptions;
import io.zoetrope.events.FrameBatch;
import io.zoetrope.events.VideoSubmitted;
import io.zoetrope.schemas.RunDefaults;
import io.zoetrope.schemas.TopicCreation;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.registry.LogSchemaRegistry;
import io.zoetrope.schemas.serdes.EventSerdes;
import io.zoetrope.splitter.SplitterSettings;
import io.zoetrope.splitter.VideoSplitter;
import io.zoetrope.store.FileMediaStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.StringSerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The memory of a detector process over a long video; broker and splitter are in this process. */
@Command(
    name = "detector-memory",
    mixinStandardHelpOptions = true,
    description = "Resident memory of a detector process over a long video.")
final class DetectorMemoryBenchmark implements Callable<Integer> {
  private static final int LINES = 20;

  @Option(names = "--model", defaultValue = "yolov8n_dyn.onnx", description = "${DEFAULT-VALUE}.")
  private String model;

  @Option(
      names = "--clip",
      defaultValue = "retail-1080p-hevc-opengop.mp4",
      description = "A video. Default: ${DEFAULT-VALUE}.")
  private String clip;

  @Option(names = "--frames", defaultValue = "10000", description = "Default: ${DEFAULT-VALUE}.")
  private long frames;

  // As the launcher has it for two cores.
  @Option(
      names = "--jvm",
      split = " ",
      defaultValue = "-Xms32m -Xmx256m",
      description =
          "Options of the detector's JVM, beside the launcher's. Default: ${DEFAULT-VALUE}.")
  private List<String> jvm;

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("zoetrope-benchmark");
    try {
      measure(folder);
    } finally {
      Folders.delete(folder);
    }
    return 0;
  }

  private void measure(Path folder) throws Exception {
    Path modelFile = SharedMedia.model(model);
    Path video = folder.resolve("looped.mp4");
    long once = LoopedVideo.write(SharedMedia.file(clip), video, 1);
    long loops = (frames + once - 1) / once;
    long packets = LoopedVideo.write(SharedMedia.file(clip), video, Math.toIntExact(loops));
    System.out.printf("%s, %s %d times: %,d packets%n", model, clip, loops, packets);
    Path media = folder.resolve("media");
    try (DataFolder data = DataFolder.open(folder.resolve("data"));
        EmbeddedBroker broker = EmbeddedBroker.start(data)) {
      Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
      try (Admin admin = Admin.create(kafka)) {
        TopicCreation.ensure(admin, Topics.all());
      }
      try (LogSchemaRegistry registry = LogSchemaRegistry.open(kafka)) {
        // The detector's process reads the registry's log once, at its start.
        registry.register(Topics.FRAME_BATCHES.subject(), FrameBatch.getClassSchema());
        EventSerdes serdes = new EventSerdes(registry);
        FileMediaStore store = FileMediaStore.open(media, List.of(folder));
        RunDefaults defaults =
            new RunDefaults(Model.idOf(modelFile, ModelOptions.DEFAULT), 0.25f, 0.45f, 0);
        SplitterSettings settings =
            SplitterSettings.of(kafka, "benchmark", defaults).withBatchesAhead(Integer.MAX_VALUE);
        try (VideoSplitter splitter =
                new VideoSplitter(settings, serdes, store, new SimpleMeterRegistry());
            WatchedProcess detector =
                new WatchedProcess(
                    Launcher.options(jvm),
                    DetectorProcess.class,
                    List.of(broker.bootstrapServers(), media.toString(), modelFile.toString()))) {
          splitter.start();
          System.out.printf("idle: %,d KiB%n", detector.residentKib());
          submit(kafka, serdes, video);
          watch(detector);
        }
      }
    }
  }

  private void watch(WatchedProcess detector) throws Exception {
    long start = System.nanoTime();
    long peak = 0;
    long shown = 0;
    long done = 0;
    List<Long> curve = new ArrayList<>();
    while (done < frames) {
      TimeUnit.MILLISECONDS.sleep(200);
      done = detector.frames();
      long resident = detector.residentKib();
      peak = Math.max(peak, resident);
      if (done >= shown + frames / LINES) {
        System.out.printf("%,9d frames: %,d KiB%n", done, resident);
        curve.add(resident);
        shown = done;
      }
    }
    int half = curve.size() / 2;
    System.out.printf(
        "peak: %,d KiB; mean of the second half %+,d KiB against the first; %,.1f frames/s%n",
        peak,
        Math.round(mean(curve.subList(half, curve.size())) - mean(curve.subList(0, half))),
        done * 1e9 / (System.nanoTime() - start));
  }

  private static double mean(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).average().orElse(0);
  }

  private static void submit(Map<String, Object> kafka, EventSerdes serdes, Path video)
      throws Exception {
    VideoSubmitted submitted =
        new VideoSubmitted("long", video.toUri().toString(), "long", null, Map.of(), List.of());
    try (var producer =
        new KafkaProducer<>(kafka, new StringSerializer(), serdes.serializer(Topics.VIDEOS))) {
      producer.send(Topics.VIDEOS.message("long", submitted)).get();
    }
  }
}
