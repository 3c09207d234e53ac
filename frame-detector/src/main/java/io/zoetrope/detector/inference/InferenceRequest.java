package io.zoetrope.detector.inference;

import io.zoetrope.detector.boxes.Thresholds;
import io.zoetrope.media.PacketBatch;
import io.zoetrope.media.VideoStream;
import java.util.List;

/**
 * A batch and what is wanted of it.
 *
 * @param runs the thresholds of each run; all of them share one inference
 */
public record InferenceRequest(VideoStream stream, PacketBatch batch, List<Thresholds> runs) {
  public InferenceRequest {
    runs = List.copyOf(runs);
  }
}
