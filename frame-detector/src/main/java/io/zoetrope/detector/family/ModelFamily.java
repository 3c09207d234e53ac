package io.zoetrope.detector.family;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Models that prepare pictures and lay out boxes alike. Any thread. Signatures that a family is
 * asked about have a {@link ModelSignature#table table}.
 */
interface ModelFamily {
  /** Every family that is known. */
  List<ModelFamily> ALL =
      List.of(
          new UltralyticsV8(),
          new YoloV5(),
          new YoloV7(),
          new EndToEnd(),
          new Yolox(),
          new YoloxDecoded(),
          new RtDetr());

  /** As {@code --model-family} has it. */
  String name();

  /** Of its output, for people: {@code [b, 4+classes, n]}. */
  String shape();

  /** Whether the output can be read as this family's at all. */
  boolean fits(ModelSignature signature);

  /** How many classes an output that fits has; empty where its shape doesn't say. */
  OptionalInt classes(ModelSignature signature);

  /** The strongest evidence that a model that fits is of this family; none where it isn't. */
  Optional<Evidence> evidence(ModelSignature signature, Metadata metadata);

  /**
   * How to use a model that fits.
   *
   * @param labels by class id
   */
  DetectorLayout layout(ModelSignature signature, List<String> labels);
}
