package io.zoetrope.detector.family;

import io.zoetrope.detector.family.ModelException.Code;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Models that prepare pictures and lay out boxes alike. Any thread. */
public interface ModelFamily {
  /** Every family that is known. */
  List<ModelFamily> ALL = List.of(new UltralyticsV8(), new Yolox());

  /**
   * How to use the model, or nothing where it isn't of this family.
   *
   * @throws ModelException where the model says that it is of this family, but not for detection
   */
  Optional<DetectorLayout> recognise(ModelSignature signature);

  /**
   * How to use the model, of whatever family it is.
   *
   * @throws ModelException {@code MODEL_UNSUPPORTED} where it is of none, {@code
   *     MODEL_FAMILY_AMBIGUOUS} where it could be of several
   */
  static DetectorLayout recogniseAny(ModelSignature signature) {
    List<DetectorLayout> layouts =
        ALL.stream().flatMap(family -> family.recognise(signature).stream()).toList();
    if (layouts.isEmpty()) {
      throw new ModelException(
          Code.MODEL_UNSUPPORTED,
          "The model %s has the output %s for a %dx%d input, which is no detector that is known; use an Ultralytics v8 or v11 detector ([b, 4+classes, n]) or a YOLOX one ([b, n, 5+classes])."
              .formatted(
                  signature.file(),
                  signature.outputShapes(),
                  signature.inputWidth(),
                  signature.inputHeight()));
    }
    if (layouts.size() > 1) {
      throw new ModelException(
          Code.MODEL_FAMILY_AMBIGUOUS,
          "The model %s could be of the families %s; export it with its metadata, which decides."
              .formatted(
                  signature.file(),
                  layouts.stream().map(DetectorLayout::family).collect(Collectors.joining(", "))));
    }
    return layouts.get(0);
  }
}
