package io.zoetrope.detector.inference;

import io.zoetrope.media.DecodedFrame;

/** A decoded frame of a batch that waits for inference; whoever takes it closes the frame. */
record Picture(BatchJob job, DecodedFrame frame) implements Work {
  @Override
  public void performBy(InferenceWorker worker) {
    worker.infer(this);
  }
}
