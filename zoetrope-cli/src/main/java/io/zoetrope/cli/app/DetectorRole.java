package io.zoetrope.cli.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.zoetrope.cli.cluster.ClusterUse;
import io.zoetrope.detector.DetectorSettings;
import io.zoetrope.detector.FrameDetector;
import io.zoetrope.media.FfmpegLicence;
import io.zoetrope.schemas.Groups;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.models.ModelAnnouncement;
import io.zoetrope.store.MediaStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds objects in frame batches, with one model or several; says which they are. */
final class DetectorRole implements Role {
  private final Cluster cluster;
  private final LoadedModels models;
  private final List<FrameDetector> detectors;

  DetectorRole(Cluster cluster, LoadedModels models, MediaStore store, MeterRegistry meters) {
    this.cluster = cluster;
    this.models = models;
    DetectorSettings settings = DetectorSettings.of(cluster.kafka(), cluster.instance());
    this.detectors =
        models.models().stream()
            .map(
                model ->
                    new FrameDetector(
                        settings.withWorkers(models.workers().get(model)),
                        model,
                        cluster.serdes(),
                        store,
                        meters))
            .toList();
  }

  /** A detector that is a process of its own. */
  static Role open(Workplace place) {
    FfmpegLicence.requireLgpl();
    LoadedModels models = place.models();
    Cluster cluster =
        place.join(
            new ClusterUse(
                List.of(Topics.FRAME_BATCHES),
                List.of(Topics.DETECTIONS, Topics.MODELS, Topics.FRAME_BATCHES_DEAD_LETTER),
                models.ids().stream().map(Groups::detector).toList()));
    return new DetectorRole(cluster, models, place.mediaStore(), place.meters());
  }

  @Override
  public String name() {
    return "detector";
  }

  /** Once its models are announced, runs that name none may be given to them. */
  @Override
  public void start() {
    detectors.forEach(FrameDetector::start);
    ModelAnnouncement.publish(cluster.kafka(), cluster.serdes(), models.announcements());
  }

  @Override
  public boolean ready() {
    return detectors.stream().allMatch(FrameDetector::isHealthy);
  }

  @Override
  public Optional<String> failure() {
    return detectors.stream().flatMap(detector -> detector.stuck().stream()).findFirst();
  }

  @Override
  public List<String> notes() {
    List<String> notes = new ArrayList<>(cluster.notes());
    notes.addAll(models.devicesPassedOver());
    notes.add(
        "Detects with "
            + models.devices().entrySet().stream()
                .map(model -> model.getKey() + " on " + model.getValue())
                .collect(Collectors.joining(", "))
            + ".");
    return notes;
  }

  @Override
  public void close() {
    detectors.forEach(FrameDetector::close);
  }
}
