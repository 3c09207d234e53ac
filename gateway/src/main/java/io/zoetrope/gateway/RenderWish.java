package io.zoetrope.gateway;

import io.zoetrope.events.ColourBy;
import io.zoetrope.events.Concealment;
import io.zoetrope.events.Point;
import io.zoetrope.events.RenderCodec;
import io.zoetrope.events.RenderPreset;
import io.zoetrope.events.WantedRender;
import io.zoetrope.events.Zone;
import io.zoetrope.schemas.FilterText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An annotated video that a client wants: the body of a request, or part of an upload's query. Null
 * stands for the default.
 */
record RenderWish(
    List<String> labels,
    Float minConfidence,
    ColourBy colours,
    Boolean captions,
    Boolean tracks,
    Long trailMicros,
    Concealment conceal,
    List<String> concealed,
    List<WishedZone> zones,
    RenderCodec codec,
    RenderPreset preset,
    Boolean audio,
    String encoder) {
  /** The names of all components, as a body spells them. */
  static final List<String> NAMES =
      List.of(
          "labels",
          "minConfidence",
          "colours",
          "captions",
          "tracks",
          "trailMicros",
          "conceal",
          "concealed",
          "zones",
          "codec",
          "preset",
          "audio",
          "encoder");

  private static final String ANNOTATE = "annotate";
  private static final String PREFIX = ANNOTATE + ".";

  /** The names of a query's parameters: whether a video is wanted, and everything about it. */
  static final List<String> PARAMETERS =
      Stream.concat(Stream.of(ANNOTATE), NAMES.stream().map(PREFIX::concat)).toList();

  /**
   * A place that is to be outlined.
   *
   * @param corners of a polygon, each of them x and y
   */
  record WishedZone(String name, List<List<Float>> corners) {
    WishedZone {
      Objects.requireNonNull(name, "a zone needs a name");
      Objects.requireNonNull(corners, "a zone needs corners");
      for (List<Float> corner : corners) {
        requireNoNull("corners", corner);
        if (corner == null || corner.size() != 2) {
          throw new IllegalArgumentException("a corner is made of two numbers");
        }
      }
    }

    private Zone event() {
      return new Zone(
          name, corners.stream().map(corner -> new Point(corner.get(0), corner.get(1))).toList());
    }
  }

  RenderWish {
    requireNoNull("labels", labels);
    requireNoNull("concealed", concealed);
    requireNoNull("zones", zones);
  }

  /** What an upload says; empty where it wants no annotated video. */
  static Optional<RenderWish> of(Parameters query) {
    if (!Boolean.TRUE.equals(query.flag(ANNOTATE))) {
      for (String name : NAMES) {
        if (query.text(PREFIX + name) != null) {
          throw ApiException.parameterInvalid(PREFIX + name + " needs annotate=true beside it");
        }
      }
      return Optional.empty();
    }
    return Optional.of(
        new RenderWish(
            query.parsed(PREFIX + "labels", FilterText::labels),
            query.fraction(PREFIX + "minConfidence"),
            choice(query, "colours", ColourBy.class),
            query.flag(PREFIX + "captions"),
            query.flag(PREFIX + "tracks"),
            query.micros(PREFIX + "trailMicros"),
            choice(query, "conceal", Concealment.class),
            query.parsed(PREFIX + "concealed", FilterText::labels),
            query.parsed(PREFIX + "zones", RenderWish::zones),
            choice(query, "codec", RenderCodec.class),
            choice(query, "preset", RenderPreset.class),
            query.flag(PREFIX + "audio"),
            query.text(PREFIX + "encoder")));
  }

  /** In the words of the events. */
  WantedRender wanted() {
    return new WantedRender(
        labels,
        minConfidence,
        colours,
        captions,
        tracks,
        trailMicros,
        conceal,
        concealed,
        zones == null ? null : zones.stream().map(WishedZone::event).toList(),
        codec,
        preset,
        audio,
        encoder);
  }

  private static <E extends Enum<E>> E choice(Parameters query, String name, Class<E> type) {
    String text = query.text(PREFIX + name);
    if (text == null) {
      return null;
    }
    try {
      return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw ApiException.parameterInvalid(
          "%s must be one of %s, but is %s"
              .formatted(PREFIX + name, Arrays.toString(type.getEnumConstants()), text));
    }
  }

  /** {@code gate:0.1,0.2,0.9,0.2,0.5,0.8;door:…}. */
  private static List<WishedZone> zones(String text) {
    List<WishedZone> zones = new ArrayList<>();
    for (String zone : text.isBlank() ? new String[0] : text.split(";", -1)) {
      int colon = zone.lastIndexOf(':');
      if (colon < 1) {
        throw new IllegalArgumentException("a zone is a name, a colon and its corners");
      }
      zones.add(
          new WishedZone(
              zone.substring(0, colon).strip(),
              FilterText.region(zone.substring(colon + 1)).stream()
                  .map(point -> List.of(point.getX(), point.getY()))
                  .toList()));
    }
    return zones;
  }

  private static void requireNoNull(String name, Collection<?> values) {
    if (values != null && values.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException(name + " has a null in it");
    }
  }
}
