package io.zoetrope.schemas;

import io.zoetrope.events.Rational;
import io.zoetrope.events.RunOptions;
import io.zoetrope.events.RunRequested;
import io.zoetrope.events.SplitOptions;
import io.zoetrope.events.WantedRun;
import java.math.BigInteger;
import java.util.List;

/**
 * What an installation does where a producer doesn't say.
 *
 * @param modelId the model of a run that names none
 * @param confidence lowest confidence of a detection, 0 to 1
 * @param iou overlap above which the weaker of two boxes of a class goes, 0 to 1
 * @param targetFrames wanted frames in a batch; 0: a whole GOP where it isn't too long
 */
public record RunDefaults(String modelId, float confidence, float iou, int targetFrames) {
  /** The least frames per second of source time that a run can be asked to take. */
  public static final double LOWEST_FPS = 0.000001;

  /** The most. */
  public static final double HIGHEST_FPS = 1000;

  private static final int BEST_STREAM = -1;
  private static final int MILLION = 1_000_000;

  /**
   * Every wish with its defaults filled in; the installation's default run where there is none.
   *
   * @throws EventException as {@link #check}
   */
  public List<RunRequested> resolve(String videoId, String location, List<WantedRun> wanted) {
    List<WantedRun> runs =
        wanted.isEmpty() ? List.of(new WantedRun(null, null, null, null, null, false)) : wanted;
    return runs.stream().map(run -> resolve(videoId, location, run)).distinct().toList();
  }

  /** One wish with its defaults filled in; as the other. */
  public RunRequested resolve(String videoId, String location, WantedRun wanted) {
    String model = wanted.getModelId() == null ? modelId : wanted.getModelId();
    RunOptions options = options(wanted);
    SplitOptions split = split(wanted);
    String splitId = Identities.splitId(videoId, split);
    String runId = Identities.runId(splitId, model, options, Identities.PREPARATION);
    return new RunRequested(
        videoId, runId, model, location, splitId, split, options, Identities.PREPARATION);
  }

  /**
   * Nothing, where {@code wanted} can be resolved.
   *
   * @throws EventException {@code OPTION_INVALID} where a threshold isn't within 0 to 1, a stream
   *     is below 0, a rate isn't within 0.000001 and 1000, or there is a rate of keyframes
   */
  public void check(WantedRun wanted) {
    options(wanted);
    split(wanted);
  }

  private RunOptions options(WantedRun wanted) {
    return new RunOptions(
        threshold("confidence", wanted.getConfidence(), confidence),
        threshold("iou", wanted.getIou(), iou));
  }

  private SplitOptions split(WantedRun wanted) {
    if (wanted.getKeyframesOnly() && wanted.getMaxFps() != null) {
      throw new EventException(
          "OPTION_INVALID", "maxFps and keyframesOnly exclude each other; leave one of them out");
    }
    return new SplitOptions(
        stream(wanted.getStream()),
        targetFrames,
        Identities.CUTTER,
        maxFps(wanted.getMaxFps()),
        wanted.getKeyframesOnly());
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
