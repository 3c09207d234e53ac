package io.zoetrope.schemas;

import io.zoetrope.events.Rational;
import io.zoetrope.events.RenderEncoding;
import io.zoetrope.events.RenderStyle;
import io.zoetrope.events.RunFilter;
import io.zoetrope.events.RunOptions;
import io.zoetrope.events.SplitOptions;
import io.zoetrope.events.Zone;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/**
 * Derived identities. Equal input gives an equal id on every machine and in every release: the same
 * bytes are the same video, and the same wish is the same run. Ids are lower-case hex: 32 digits
 * (128 bits) for a video, 24 (96 bits) for a split or a run, which are unique within their video.
 */
public final class Identities {
  /** Version of the cutting rule; part of every split's id. */
  public static final int CUTTER = 2;

  /** Version of the way from picture to tensor; part of every run's id. */
  public static final int PREPARATION = 1;

  /** Version of the way from detections to annotated pictures; part of every render's id. */
  public static final int RENDERER = 1;

  private static final int VIDEO_ID_DIGITS = 32;
  private static final int ID_BYTES = 12;

  private Identities() {}

  /**
   * The id of a video.
   *
   * @param sha256 the digest of the video's bytes, 64 digits of lower-case hex
   */
  public static String videoId(String sha256) {
    return sha256.substring(0, VIDEO_ID_DIGITS);
  }

  /** The id of one way of cutting a video. */
  public static String splitId(String videoId, SplitOptions options) {
    return digest(
        "split",
        videoId,
        "stream=" + options.getStream(),
        "targetFrames=" + options.getTargetFrames(),
        "cutter=" + options.getCutter(),
        "maxFps=" + rate(options.getMaxFps()),
        "keyframesOnly=" + options.getKeyframesOnly());
  }

  private static String rate(Rational rate) {
    return rate == null ? "all" : rate.getNumerator() + "/" + rate.getDenominator();
  }

  /**
   * The id of one split through one model with these options.
   *
   * @param options whose filter, if any, is in its canonical form
   */
  public static String runId(String splitId, String modelId, RunOptions options, int preparation) {
    List<String> parts = new ArrayList<>();
    parts.add("run");
    parts.add(splitId);
    parts.add("model=" + modelId);
    parts.add("confidence=" + bits(options.getConfidence()));
    parts.add("iou=" + bits(options.getIou()));
    parts.add("preparation=" + preparation);
    if (options.getFilter() != null) {
      addFilter(parts, options.getFilter());
    }
    return digest(parts.toArray(String[]::new));
  }

  // One part for each label, which has no line feed in it.
  private static void addFilter(List<String> parts, RunFilter filter) {
    filter.getLabels().forEach(label -> parts.add("label=" + label));
    filter.getDropLabels().forEach(label -> parts.add("dropLabel=" + label));
    new TreeMap<>(filter.getLabelConfidence())
        .forEach((label, value) -> parts.add("confidence(" + bits(value) + ")=" + label));
    parts.add("minWidth=" + bits(filter.getMinWidth()));
    parts.add("minHeight=" + bits(filter.getMinHeight()));
    filter
        .getRegion()
        .forEach(corner -> parts.add("corner=" + bits(corner.getX()) + "," + bits(corner.getY())));
  }

  /** The id of one way of drawing and encoding what a run found. */
  public static String renderId(
      String runId, RenderStyle style, RenderEncoding encoding, int renderer) {
    List<String> parts = new ArrayList<>();
    parts.add("render");
    parts.add(runId);
    style.getLabels().forEach(label -> parts.add("label=" + label));
    parts.add("minConfidence=" + bits(style.getMinConfidence()));
    parts.add("colours=" + style.getColours());
    parts.add("captions=" + style.getCaptions());
    parts.add("tracks=" + style.getTracks());
    parts.add("trailMicros=" + style.getTrailMicros());
    parts.add("conceal=" + style.getConceal());
    style.getConcealed().forEach(label -> parts.add("concealed=" + label));
    style.getZones().forEach(zone -> addZone(parts, zone));
    parts.add("codec=" + encoding.getCodec());
    parts.add("preset=" + encoding.getPreset());
    parts.add("audio=" + encoding.getAudio());
    if (encoding.getEncoderName() != null) {
      parts.add("encoder=" + encoding.getEncoderName());
    }
    parts.add("renderer=" + renderer);
    return digest(parts.toArray(String[]::new));
  }

  private static void addZone(List<String> parts, Zone zone) {
    parts.add("zone=" + zone.getName());
    zone.getCorners()
        .forEach(corner -> parts.add("corner=" + bits(corner.getX()) + "," + bits(corner.getY())));
  }

  // The shortest decimal of a float differs between JDK releases; its bits don't.
  private static String bits(float value) {
    return Integer.toHexString(Float.floatToIntBits(value));
  }

  private static String digest(String... parts) {
    byte[] hash = sha256().digest(String.join("\n", parts).getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash, 0, ID_BYTES);
  }

  /** A fresh SHA-256, which every Java platform has. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
