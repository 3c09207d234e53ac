package io.zoetrope.benchmarks;

import io.zoetrope.detector.boxes.PostProcessor;
import io.zoetrope.detector.boxes.Thresholds;
import io.zoetrope.detector.inference.WorkerTimes;
import io.zoetrope.detector.inference.WorkerTimes.Stage;
import io.zoetrope.detector.onnx.InferenceLane;
import io.zoetrope.detector.onnx.Model;
import io.zoetrope.media.Letterbox;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * What a detector can't do without, and nothing else: decode, letterbox, {@code session.run},
 * post-processing, picture after picture on one thread. Several of them side by side share a
 * session and nothing more, each over its own repeats of the video, so that no thread ever waits
 * for another: the most favourable way to keep several cores busy.
 */
final class BareLoop implements Runnable {
  private final Path video;
  private final Model model;
  private final Thresholds thresholds;
  private final WorkerTimes times;
  private final AtomicLong detectionsOnce;

  /**
   * @param detectionsOnce is set to what is found in the video from its beginning to its end
   */
  BareLoop(
      Path video,
      Model model,
      Thresholds thresholds,
      WorkerTimes times,
      AtomicLong detectionsOnce) {
    this.video = video;
    this.model = model;
    this.thresholds = thresholds;
    this.times = times;
    this.detectionsOnce = detectionsOnce;
  }

  @Override
  public void run() {
    WorkerTimes.Laps laps = times.start();
    PostProcessor postProcessor = model.newPostProcessor();
    try (BareDecoder decoder = new BareDecoder(video);
        InferenceLane lane = model.newLane();
        BareLetterbox letterbox = new BareLetterbox(model.inputFormat(), lane.input(0))) {
      while (true) {
        long detections = 0;
        for (AVFrame frame = decoder.next(); frame != null; frame = decoder.next()) {
          laps.end(Stage.DECODE);
          Letterbox box = letterbox.write(frame);
          laps.end(Stage.PREPARE);
          lane.run();
          laps.end(Stage.INFER);
          detections += postProcessor.detect(lane.output(0), thresholds, box).size();
          laps.end(Stage.POST_PROCESS);
          times.inferred(1);
        }
        detectionsOnce.set(detections);
        decoder.rewind();
      }
    }
  }
}
