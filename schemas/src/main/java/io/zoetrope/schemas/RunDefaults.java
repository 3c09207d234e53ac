package io.zoetrope.schemas;

import io.zoetrope.events.Rational;
import io.zoetrope.events.RunFilter;
import io.zoetrope.events.RunOptions;
import io.zoetrope.events.RunRequested;
import io.zoetrope.events.SplitOptions;
import io.zoetrope.events.WantedFilter;
import io.zoetrope.events.WantedRun;
import java.math.BigInteger;
import java.util.List;

/**
 * What an installation does where a producer doesn't say.
 *
 * @param models that runs can name, and the one of a run that names none
 * @param confidence lowest confidence of a detection, 0 to 1
 * @param iou overlap above which the weaker of two boxes of a class goes, 0 to 1
 * @param targetFrames wanted frames in a batch; 0: a whole GOP where it isn't too long
 * @param filter which detections count; a field that is null: all of them
 */
public record RunDefaults(
    ModelChoice models, float confidence, float iou, int targetFrames, WantedFilter filter) {
  /** The least frames per second of source time that a run can be asked to take. */
  public static final double LOWEST_FPS = 0.000001;

  /** The most. */
  public static final double HIGHEST_FPS = 1000;

  private static final int BEST_STREAM = -1;
  private static final int MILLION = 1_000_000;

  /** Where every detection counts, and no model's labels are known. */
  public RunDefaults(String modelId, float confidence, float iou, int targetFrames) {
    this(modelId, confidence, iou, targetFrames, RunFilters.UNSAID, ModelLabels.UNKNOWN);
  }

  /** Where one model is the default, and runs may name others all the same. */
  public RunDefaults(
      String modelId,
      float confidence,
      float iou,
      int targetFrames,
      WantedFilter filter,
      ModelLabels labels) {
    this(ModelChoice.of(List.of(modelId), labels), confidence, iou, targetFrames, filter);
  }

  /** Where not every detection counts. */
  public RunDefaults withFilter(WantedFilter other) {
    return new RunDefaults(models, confidence, iou, targetFrames, other);
  }

  /** Where these are the models. */
  public RunDefaults withModels(ModelChoice other) {
    return new RunDefaults(other, confidence, iou, targetFrames, filter);
  }

  /**
   * Every wish with its defaults filled in; the installation's default run where there is none.
   *
   * @throws EventException as {@link #explicit}
   */
  public List<RunRequested> resolve(String videoId, String location, List<WantedRun> wanted) {
    List<WantedRun> runs =
        wanted.isEmpty()
            ? List.of(new WantedRun(null, null, null, null, null, false, null, null))
            : wanted;
    return runs.stream().map(run -> resolve(videoId, location, run)).distinct().toList();
  }

  /** One wish with its defaults filled in; as the other. */
  public RunRequested resolve(String videoId, String location, WantedRun wanted) {
    String model = model(wanted);
    RunOptions options = options(model, wanted);
    SplitOptions split = split(wanted);
    String splitId = Identities.splitId(videoId, split);
    String runId = Identities.runId(splitId, model, options, Identities.PREPARATION);
    return new RunRequested(
        videoId, runId, model, location, splitId, split, options, Identities.PREPARATION);
  }

  /**
   * The same wish for an installation with other defaults: every one that is used here is spelled
   * out.
   *
   * @throws EventException {@code OPTION_INVALID} where a threshold isn't within 0 to 1, a stream
   *     is below 0, a rate isn't within 0.000001 and 1000, there is a rate of keyframes, or a
   *     filter is none; {@code LABEL_UNKNOWN} where it names labels that the model is known not to
   *     have; as {@link ModelChoice#defaultId} where it names no model
   */
  public WantedRun explicit(WantedRun wanted) {
    split(wanted);
    String model = model(wanted);
    RunOptions options = options(model, wanted);
    return new WantedRun(
        model,
        options.getConfidence(),
        options.getIou(),
        wanted.getStream(),
        wanted.getMaxFps(),
        wanted.getKeyframesOnly(),
        RunFilters.explicit(options.getFilter()),
        wanted.getRender());
  }

  private String model(WantedRun wanted) {
    return wanted.getModelId() == null ? models.defaultId() : wanted.getModelId();
  }

  private RunOptions options(String model, WantedRun wanted) {
    float least = threshold("confidence", wanted.getConfidence(), confidence);
    return new RunOptions(
        least, threshold("iou", wanted.getIou(), iou), filter(model, wanted.getFilter(), least));
  }

  private RunFilter filter(String model, WantedFilter wanted, float least) {
    WantedFilter said = wanted == null ? RunFilters.UNSAID : wanted;
    ModelLabels labels = models.labels();
    labels.require(model, said);
    return RunFilters.resolve(RunFilters.merge(said, labels.known(model, filter)), least);
  }

  private SplitOptions split(WantedRun wanted) {
    return split(wanted.getStream(), wanted.getMaxFps(), wanted.getKeyframesOnly());
  }

  /**
   * Which frames are taken.
   *
   * @param stream null for the best one
   * @param maxFps null for every frame
   * @throws EventException {@code OPTION_INVALID}, as {@link #explicit}
   */
  public SplitOptions split(Integer stream, Double maxFps, boolean keyframesOnly) {
    if (keyframesOnly && maxFps != null) {
      throw new EventException(
          "OPTION_INVALID", "maxFps and keyframesOnly exclude each other; leave one of them out");
    }
    return new SplitOptions(
        stream(stream), targetFrames, Identities.CUTTER, maxFps(maxFps), keyframesOnly);
  }

  private static int stream(Integer wanted) {
    if (wanted == null) {
      return BEST_STREAM;
    }
    if (wanted < 0) {
      throw new EventException("OPTION_INVALID", "stream must not be below 0, but is " + wanted);
    }
    return wanted;
  }

  /** Exact, so that the slots of a sampled video don't depend on how a double is rounded. */
  private static Rational maxFps(Double wanted) {
    if (wanted == null) {
      return null;
    }
    if (!(wanted >= LOWEST_FPS && wanted <= HIGHEST_FPS)) {
      throw new EventException(
          "OPTION_INVALID", "maxFps must lie within 0.000001 and 1000, but is " + wanted);
    }
    long millionths = Math.round(wanted * MILLION);
    int divisor = BigInteger.valueOf(millionths).gcd(BigInteger.valueOf(MILLION)).intValue();
    return new Rational((int) (millionths / divisor), MILLION / divisor);
  }

  private static float threshold(String name, Float wanted, float otherwise) {
    float value = wanted == null ? otherwise : wanted;
    if (!(value >= 0 && value <= 1)) {
      throw new EventException(
          "OPTION_INVALID", "%s must lie within 0 and 1, but is %s".formatted(name, value));
    }
    return value;
  }
}
