package io.zoetrope.detector.family;

import io.zoetrope.detector.boxes.OutputDecoder;
import io.zoetrope.detector.boxes.PostProcessor;
import io.zoetrope.detector.boxes.Suppression;
import io.zoetrope.media.InputFormat;
import java.util.List;
import java.util.function.Supplier;

/**
 * How to use a model: what its family makes of one signature.
 *
 * @param family name of the family
 * @param input how pictures are prepared
 * @param labels by class id
 * @param suppression what becomes of the boxes that the decoder finds
 * @param decoders makes a decoder of the output, one for each thread
 */
public record DetectorLayout(
    String family,
    InputFormat input,
    List<String> labels,
    Suppression suppression,
    Supplier<OutputDecoder> decoders) {

  /** The same model with pictures prepared otherwise. */
  public DetectorLayout withInput(InputFormat other) {
    return new DetectorLayout(family, other, labels, suppression, decoders);
  }

  /** A fresh reader of the model's output, for one thread. */
  public PostProcessor newPostProcessor() {
    return new PostProcessor(decoders.get(), suppression);
  }
}
