package io.zoetrope.schemas;

import io.zoetrope.events.Rational;
import io.zoetrope.events.RunOptions;
import io.zoetrope.events.SplitOptions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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

  /** The id of one split through one model with these options. */
  public static String runId(String splitId, String modelId, RunOptions options, int preparation) {
    return digest(
        "run",
        splitId,
        "model=" + modelId,
        "confidence=" + bits(options.getConfidence()),
        "iou=" + bits(options.getIou()),
        "preparation=" + preparation);
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
