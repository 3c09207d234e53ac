package io.zoetrope.detector.inference;

/** What a worker can do next: decode a batch, or look at a picture. */
interface Work {
  void performBy(InferenceWorker worker);
}
