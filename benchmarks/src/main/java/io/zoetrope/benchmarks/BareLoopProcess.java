package io.zoetrope.benchmarks;

import io.zoetrope.benchmarks.Measurement.Snapshot;
import io.zoetrope.detector.boxes.Thresholds;
import io.zoetrope.detector.inference.WorkerTimes;
import io.zoetrope.detector.onnx.Model;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** {@link BareLoop}s in a process of their own, which prints what they did. */
final class BareLoopProcess {
  private BareLoopProcess() {}

  /** Arguments: model, clip, workers, seconds of warm-up, seconds to be measured. */
  public static void main(String[] arguments) throws Exception {
    Path clip = Path.of(arguments[1]);
    int workers = Integer.parseInt(arguments[2]);
    AtomicLong detections = new AtomicLong(-1);
    WorkerTimes times = new WorkerTimes();
    Thresholds thresholds = new Thresholds(PipelineBenchmark.CONFIDENCE, PipelineBenchmark.IOU);
    // Not closed: the loops are in it until the end.
    Model model = Model.load(Path.of(arguments[0]));
    for (int i = 0; i < workers; i++) {
      Runnable loop = new BareLoop(clip, model, thresholds, times, detections);
      Thread thread = new Thread(loop, "zoetrope-inference-" + i);
      thread.setDaemon(true);
      thread.start();
    }
    TimeUnit.SECONDS.sleep(Long.parseLong(arguments[3]));
    Snapshot start = Snapshot.of(times);
    TimeUnit.SECONDS.sleep(Long.parseLong(arguments[4]));
    Snapshot end = Snapshot.of(times);
    while (detections.get() < 0) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    start.until(end, (double) detections.get()).print();
    Runtime.getRuntime().halt(0);
  }
}
