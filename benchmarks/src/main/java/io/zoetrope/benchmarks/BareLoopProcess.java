package io.zoetrope.benchmarks;

import io.zoetrope.benchmarks.Measurement.Snapshot;
import io.zoetrope.detector.boxes.Thresholds;
import io.zoetrope.detector.inference.WorkerTimes;
import io.zoetrope.detector.onnx.Model;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** {@link BareLoop}s in a process of their own. */
final class BareLoopProcess implements Subject {
  private final WorkerTimes times = new WorkerTimes();
  private final AtomicLong detections = new AtomicLong(-1);

  private BareLoopProcess() {}

  /** Arguments: model, clip, workers. */
  public static void main(String[] arguments) throws Exception {
    BareLoopProcess process = new BareLoopProcess();
    process.start(Path.of(arguments[0]), Path.of(arguments[1]), Integer.parseInt(arguments[2]));
    Subject.serve(process);
    Runtime.getRuntime().halt(0);
  }

  private void start(Path modelFile, Path clip, int workers) throws Exception {
    Thresholds thresholds = new Thresholds(PipelineBenchmark.CONFIDENCE, PipelineBenchmark.IOU);
    // Not closed: the loops are in it until the end.
    Model model = Model.load(modelFile);
    for (int i = 0; i < workers; i++) {
      Runnable loop = new BareLoop(clip, model, thresholds, times, detections);
      Thread thread = new Thread(loop, "zoetrope-inference-" + i);
      thread.setDaemon(true);
      thread.start();
    }
  }

  @Override
  public void work(long seconds) throws InterruptedException {
    TimeUnit.SECONDS.sleep(seconds);
  }

  @Override
  public Snapshot snapshot() {
    return Snapshot.of(times);
  }

  @Override
  public double detections() throws InterruptedException {
    while (detections.get() < 0) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return detections.get();
  }
}
