package io.zoetrope.cli.app;

import io.zoetrope.cli.config.Configuration;
import io.zoetrope.cli.config.Settings;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.detector.inference.WorkerChoice;
import io.zoetrope.detector.onnx.ModelOptions;
import io.zoetrope.detector.onnx.ModelTrials;
import io.zoetrope.events.WantedFilter;
import io.zoetrope.schemas.ModelChoice;
import io.zoetrope.schemas.RunDefaults;
import java.nio.file.Path;
import java.util.List;

/**
 * What detects, and what counts.
 *
 * @param models the ONNX files, the default one first; none for the bundled one
 * @param options what the user says about the one model that is given, and the device of all
 * @param trials that a stranger's model has to come through
 * @param workers of each detector
 * @param confidence lowest one of a detection, where a run doesn't say; likewise {@code iou}
 * @param filter which detections count where a run doesn't say
 */
public record DetectionSettings(
    List<Path> models,
    ModelOptions options,
    ModelTrials trials,
    WorkerChoice workers,
    float confidence,
    float iou,
    WantedFilter filter) {
  private static final int WHOLE_GOPS = 0;

  /**
   * As configured, but for the models: their names are still to be made files of.
   *
   * @throws UserError for what contradicts itself
   */
  static DetectionSettings of(Configuration configuration) {
    return new DetectionSettings(
        List.of(),
        ModelOptionSettings.of(configuration).withDevice(DeviceSettings.of(configuration)),
        ModelTrialSettings.of(configuration),
        configuration.find(Settings.WORKERS).orElseGet(WorkerChoice::asManyAsCores),
        configuration.get(Settings.CONFIDENCE),
        configuration.get(Settings.IOU),
        FilterSettings.of(configuration));
  }

  /** What runs are that don't say otherwise. */
  RunDefaults runDefaults(ModelChoice choice) {
    return new RunDefaults(choice, confidence, iou, WHOLE_GOPS, filter);
  }

  /** The same in a process that detects nothing itself. */
  static RunDefaults runDefaults(Configuration configuration, ModelChoice choice) {
    return new RunDefaults(
        choice,
        configuration.get(Settings.CONFIDENCE),
        configuration.get(Settings.IOU),
        WHOLE_GOPS,
        FilterSettings.of(configuration));
  }

  DetectionSettings withModels(List<Path> files) {
    return new DetectionSettings(
        List.copyOf(files), options, trials, workers, confidence, iou, filter);
  }

  /** With every detection of the bundled model, whose labels no filter was made for. */
  DetectionSettings withBundledModel() {
    return new DetectionSettings(
        List.of(),
        ModelOptions.DEFAULT.withDevice(options.device()),
        trials,
        workers,
        confidence,
        iou,
        WantedFilter.newBuilder().build());
  }
}
