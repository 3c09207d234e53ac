package io.zoetrope.benchmarks;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zoetrope.detector.DetectorSettings;
import io.zoetrope.detector.FrameDetector;
import io.zoetrope.detector.onnx.Model;
import io.zoetrope.schemas.registry.LogSchemaRegistry;
import io.zoetrope.schemas.serdes.EventSerdes;
import io.zoetrope.store.FileMediaStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The detector role and nothing else. It prints a line when it is at work; from then on each line
 * on its standard input is answered with the pictures that it has inferred, until the input ends.
 */
final class DetectorProcess {
  private DetectorProcess() {}

  /** Arguments: bootstrap servers, folder of the media store, the model. */
  public static void main(String[] arguments) throws Exception {
    Map<String, Object> kafka = Map.of("bootstrap.servers", arguments[0]);
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    try (Model model = Model.load(Path.of(arguments[2]));
        LogSchemaRegistry registry = LogSchemaRegistry.open(kafka);
        FrameDetector detector =
            new FrameDetector(
                DetectorSettings.of(kafka, "benchmark"),
                model,
                new EventSerdes(registry),
                FileMediaStore.open(Path.of(arguments[1]), List.of()),
                meters)) {
      detector.start();
      System.out.println("waiting");
      while (System.in.read() >= 0) {
        System.out.println(
            (long) meters.get("zoetrope.detector.pictures").functionCounter().count());
      }
    }
  }
}
