package io.zoetrope.cli.app;

import io.zoetrope.cli.config.BoxSize;
import io.zoetrope.cli.config.Configuration;
import io.zoetrope.cli.config.Setting;
import io.zoetrope.cli.config.Settings;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.events.WantedFilter;
import io.zoetrope.events.WantedRun;
import io.zoetrope.schemas.EventException;
import io.zoetrope.schemas.RunDefaults;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** The settings that say which detections count. */
public final class FilterSettings {
  private FilterSettings() {}

  /**
   * As configured; null in it for what isn't.
   *
   * @throws UserError {@code OPTION_INVALID} for a filter that is none
   */
  static WantedFilter of(Configuration configuration) {
    Optional<BoxSize> size = configuration.find(Settings.MIN_SIZE);
    WantedFilter filter =
        new WantedFilter(
            configuration.find(Settings.LABELS).orElse(null),
            configuration.find(Settings.DROP_LABELS).orElse(null),
            configuration.find(Settings.LABEL_CONFIDENCE).orElse(null),
            size.map(BoxSize::width).orElse(null),
            size.map(BoxSize::height).orElse(null),
            configuration.find(Settings.REGION).orElse(null));
    try {
      new RunDefaults("any", 0, 0, 0)
          .explicit(new WantedRun(null, null, null, null, null, false, filter, null));
    } catch (EventException e) {
      throw new UserError(e.code(), e.getMessage(), e);
    }
    return filter;
  }

  /**
   * What is configured, by the names of the HTTP API.
   *
   * @throws UserError {@code OPTION_INVALID} for a filter that is none
   */
  public static Map<String, String> parameters(Configuration configuration) {
    of(configuration);
    Map<String, String> parameters = new TreeMap<>();
    Map<String, Setting<?>> alike =
        Map.of(
            "labels", Settings.LABELS,
            "dropLabels", Settings.DROP_LABELS,
            "labelConfidence", Settings.LABEL_CONFIDENCE,
            "region", Settings.REGION);
    alike.forEach(
        (name, setting) ->
            configuration.text(setting).ifPresent(text -> parameters.put(name, text)));
    configuration
        .find(Settings.MIN_SIZE)
        .ifPresent(
            size -> {
              parameters.put("minWidth", Float.toString(size.width()));
              parameters.put("minHeight", Float.toString(size.height()));
            });
    return parameters;
  }

  /**
   * Likewise, in the types of JSON, as the body of a request has them.
   *
   * @throws UserError {@code OPTION_INVALID} for a filter that is none
   */
  public static Map<String, Object> wish(Configuration configuration) {
    WantedFilter filter = of(configuration);
    Map<String, Object> wish = new TreeMap<>();
    wish.put("labels", filter.getLabels());
    wish.put("dropLabels", filter.getDropLabels());
    wish.put("labelConfidence", filter.getLabelConfidence());
    wish.put("minWidth", filter.getMinWidth());
    wish.put("minHeight", filter.getMinHeight());
    wish.put(
        "region",
        filter.getRegion() == null
            ? null
            : filter.getRegion().stream()
                .map(corner -> List.of(corner.getX(), corner.getY()))
                .toList());
    wish.values().removeIf(Objects::isNull);
    return wish;
  }
}
