package io.zoetrope.gateway;

import io.zoetrope.events.RenderRequested;
import io.zoetrope.events.RunRequested;
import io.zoetrope.events.SplitOptions;
import io.zoetrope.events.WantedRun;
import io.zoetrope.schemas.EventException;
import io.zoetrope.schemas.RenderWishes;
import io.zoetrope.schemas.RunDefaults;
import java.util.List;

/** From what a client wants of a run to the run, with every default filled in. */
final class Wishes {
  private final RunDefaults defaults;

  Wishes(RunDefaults defaults) {
    this.defaults = defaults;
  }

  /**
   * The wish itself, every default filled in.
   *
   * @throws ApiException {@code MODEL_UNKNOWN}, {@code PARAMETER_INVALID}
   * @throws EventException {@code OPTION_INVALID}, {@code LABEL_UNKNOWN}, {@code MODEL_AWAITED},
   *     {@code MODEL_UNDECIDED}
   */
  WantedRun complete(Wish wish) {
    if (wish.modelId() != null) {
      requireServed(wish.modelId());
    }
    requireFraction("confidence", wish.confidence());
    requireFraction("iou", wish.iou());
    return defaults.explicit(wish.wanted());
  }

  /** The run that {@code wanted} is, over these bytes. */
  RunRequested run(String videoId, String location, WantedRun wanted) {
    return defaults.resolve(videoId, location, wanted);
  }

  /** Which frames a run takes. */
  SplitOptions split(Integer stream, Double maxFps, boolean keyframesOnly) {
    return defaults.split(stream, maxFps, keyframesOnly);
  }

  /**
   * The annotated video that is wished of a run.
   *
   * @throws EventException {@code OPTION_INVALID}, {@code LABEL_UNKNOWN}
   */
  RenderRequested render(
      String videoId,
      String runId,
      String modelId,
      String location,
      SplitOptions split,
      RenderWish wish) {
    return new RenderWishes(defaults.models())
        .request(videoId, runId, modelId, location, split, wish.wanted());
  }

  private void requireServed(String modelId) {
    List<String> served = defaults.models().ids();
    if (!served.contains(modelId)) {
      throw new ApiException(
          422,
          "MODEL_UNKNOWN",
          "the model %s isn't served; served are: %s"
              .formatted(modelId, served.isEmpty() ? "none yet" : String.join(", ", served)));
    }
  }

  private static void requireFraction(String name, Float wanted) {
    if (wanted != null) {
      fraction(name, wanted);
    }
  }

  /** {@code value}, where it lies within 0 and 1. */
  static float fraction(String name, float value) {
    if (!(value >= 0 && value <= 1)) {
      throw ApiException.parameterInvalid(
          "%s must be a number from 0 to 1, but is %s".formatted(name, value));
    }
    return value;
  }
}
