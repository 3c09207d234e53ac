package io.zoetrope.splitter;

import io.zoetrope.events.RunRequested;
import io.zoetrope.events.WantedRun;
import io.zoetrope.schemas.EventException;
import io.zoetrope.schemas.RunDefaults;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runs of a submission: those that it asks for, and one of each shadow model beside them. */
final class ShadowRuns {
  private static final Logger LOG = LoggerFactory.getLogger(ShadowRuns.class);

  private final RunDefaults defaults;
  private final Set<String> models;

  ShadowRuns(SplitterSettings settings) {
    this.defaults = settings.defaults();
    this.models = settings.shadowModels().get();
  }

  /**
   * The runs that are wanted, and then the first of them through each shadow model: with the same
   * options, so that the two can be compared.
   *
   * @throws EventException as {@link RunDefaults#explicit}, for what is wanted; a shadow that can't
   *     be had harms nobody
   */
  List<RunRequested> with(String videoId, String location, List<WantedRun> wanted) {
    Set<RunRequested> runs = new LinkedHashSet<>(defaults.resolve(videoId, location, wanted));
    WantedRun first = wanted.isEmpty() ? WantedRun.newBuilder().build() : wanted.get(0);
    for (String model : models) {
      shadow(videoId, location, first, model).ifPresent(runs::add);
    }
    return new ArrayList<>(runs);
  }

  private Optional<RunRequested> shadow(
      String videoId, String location, WantedRun wanted, String model) {
    try {
      WantedRun shadow =
          new WantedRun(
              model,
              wanted.getConfidence(),
              wanted.getIou(),
              wanted.getStream(),
              wanted.getMaxFps(),
              wanted.getKeyframesOnly(),
              wanted.getFilter(),
              null);
      return Optional.of(defaults.resolve(videoId, location, shadow));
    } catch (EventException e) {
      LOG.warn(
          "Video {} gets no shadow run of {}: {}: {}", videoId, model, e.code(), e.getMessage());
      return Optional.empty();
    }
  }
}
