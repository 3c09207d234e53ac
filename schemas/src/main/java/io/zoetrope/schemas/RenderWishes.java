package io.zoetrope.schemas;

import io.zoetrope.events.ColourBy;
import io.zoetrope.events.Concealment;
import io.zoetrope.events.RenderCodec;
import io.zoetrope.events.RenderEncoding;
import io.zoetrope.events.RenderPreset;
import io.zoetrope.events.RenderRequested;
import io.zoetrope.events.RenderStyle;
import io.zoetrope.events.RunRequested;
import io.zoetrope.events.SplitOptions;
import io.zoetrope.events.WantedRender;
import io.zoetrope.events.Zone;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * From the annotated video that is wished to the one that is meant, in a form in which equal wishes
 * are equal: labels are sorted, and what has no effect is left out. Any thread.
 */
public final class RenderWishes {
  private static final long LONGEST_TRAIL_MICROS = 60_000_000;

  /** Kinds of encoders that take pictures as they are, from memory, by the ends of their names. */
  private static final List<String> HARDWARE = List.of("nvenc", "amf", "videotoolbox", "v4l2m2m");

  private static final int MOST_ZONES = 32;

  private final ModelChoice models;

  /**
   * Wishes over runs of these models.
   *
   * @param models whose labels are asked for; where they aren't known, any label will do
   */
  public RenderWishes(ModelChoice models) {
    this.models = models;
  }

  /** The annotated video that is wanted of {@code run}; as the other. */
  public RenderRequested request(RunRequested run, WantedRender wanted) {
    return request(
        run.getVideoId(),
        run.getRunId(),
        run.getModelId(),
        run.getLocation(),
        run.getSplit(),
        wanted);
  }

  /**
   * The annotated video that is wanted of a run, every default filled in.
   *
   * @param location URI of the original's bytes
   * @param split which frames the run has
   * @throws EventException {@code OPTION_INVALID}; {@code LABEL_UNKNOWN} where the run's model is
   *     known not to have a label
   */
  public RenderRequested request(
      String videoId,
      String runId,
      String modelId,
      String location,
      SplitOptions split,
      WantedRender wanted) {
    RenderStyle style = style(wanted);
    models.labels().require(modelId, style.getLabels());
    models.labels().require(modelId, style.getConcealed());
    RenderEncoding encoding = encoding(wanted);
    return new RenderRequested(
        videoId,
        Identities.renderId(runId, style, encoding, Identities.RENDERER),
        runId,
        location,
        split,
        style,
        encoding,
        Identities.RENDERER);
  }

  private static RenderEncoding encoding(WantedRender wanted) {
    RenderCodec codec = or(wanted.getCodec(), RenderCodec.H264);
    String encoder = wanted.getEncoderName();
    List<String> encoders =
        HARDWARE.stream().map(kind -> codec.name().toLowerCase(Locale.ROOT) + "_" + kind).toList();
    require(
        encoder == null || encoders.contains(encoder),
        "encoder must be one of %s for %s, but is %s"
            .formatted(String.join(", ", encoders), codec, encoder));
    return new RenderEncoding(
        codec, or(wanted.getPreset(), RenderPreset.BALANCED), or(wanted.getAudio(), true), encoder);
  }

  private static RenderStyle style(WantedRender wanted) {
    boolean tracks = or(wanted.getTracks(), true);
    ColourBy colours = or(wanted.getColours(), ColourBy.LABEL);
    long trail = or(wanted.getTrailMicros(), 0L);
    require(
        tracks || colours == ColourBy.LABEL,
        "a colour for each track needs tracks; leave one of the two out");
    require(tracks || trail == 0, "trails need tracks; leave one of the two out");
    require(
        trail >= 0 && trail <= LONGEST_TRAIL_MICROS,
        "trailMicros must lie within 0 and %d, but is %d".formatted(LONGEST_TRAIL_MICROS, trail));
    Concealment conceal = or(wanted.getConceal(), Concealment.NOTHING);
    List<String> concealed = labels("concealed", wanted.getConcealed());
    require(
        conceal != Concealment.NOTHING || concealed.isEmpty(),
        "concealed labels need a way to conceal them: conceal as BLUR or PIXELATE");
    return new RenderStyle(
        labels("labels", wanted.getLabels()),
        confidence(wanted.getMinConfidence()),
        colours,
        or(wanted.getCaptions(), true),
        tracks,
        trail,
        conceal,
        concealed,
        zones(or(wanted.getZones(), List.of())));
  }

  private static float confidence(Float wanted) {
    float confidence = or(wanted, 0f);
    require(
        confidence >= 0 && confidence <= 1,
        "minConfidence must lie within 0 and 1, but is " + confidence);
    // There is a negative zero, which is another number in an id.
    return confidence == 0 ? 0 : confidence;
  }

  private static List<String> labels(String name, List<String> wanted) {
    return List.copyOf(RunFilters.labels(name, wanted));
  }

  // Their order stays: it is that of their counts.
  private static List<Zone> zones(List<Zone> wanted) {
    require(wanted.size() <= MOST_ZONES, "there can be at most " + MOST_ZONES + " zones");
    Set<String> names = new HashSet<>();
    List<Zone> zones = new ArrayList<>();
    for (Zone zone : wanted) {
      RunFilters.labels("zones", List.of(zone.getName()));
      require(names.add(zone.getName()), "two zones have the name " + zone.getName());
      zones.add(
          new Zone(
              zone.getName(), Regions.outline("the zone " + zone.getName(), zone.getCorners())));
    }
    return zones;
  }

  private static void require(boolean valid, String otherwise) {
    if (!valid) {
      throw new EventException("OPTION_INVALID", otherwise);
    }
  }

  private static <T> T or(T wanted, T otherwise) {
    return wanted == null ? otherwise : wanted;
  }
}
