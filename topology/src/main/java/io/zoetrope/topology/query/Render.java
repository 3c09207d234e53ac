package io.zoetrope.topology.query;

import io.zoetrope.events.ColourBy;
import io.zoetrope.events.Concealment;
import io.zoetrope.events.RenderCodec;
import io.zoetrope.events.RenderEncoding;
import io.zoetrope.events.RenderPreset;
import io.zoetrope.events.RenderRequested;
import io.zoetrope.events.RenderStyle;
import io.zoetrope.topology.ledger.Reason;
import io.zoetrope.topology.ledger.RunFilter.Corner;
import java.util.List;

/**
 * An annotated video that somebody asked for, and how far it is.
 *
 * @param renderer version of the way from detections to pictures
 * @param revision of the run as it is shown; 0 until something was made
 * @param failedFrames that are marked instead of annotated, as far as they are known
 * @param result null unless it is complete
 * @param failure why there won't be a video, else null
 */
public record Render(
    String videoId,
    String renderId,
    String runId,
    Style style,
    Encoding encoding,
    int renderer,
    State state,
    int revision,
    Segments segments,
    FailedFrames failedFrames,
    Result result,
    Reason failure) {

  /** One that nothing has become of yet. */
  public static Render waiting(RenderRequested request) {
    return new Render(
        request.getVideoId(),
        request.getRenderId(),
        request.getRunId(),
        Style.of(request.getStyle()),
        Encoding.of(request.getEncoding()),
        request.getRenderer(),
        State.WAITING,
        0,
        new Segments(null, 0, 0, 0, 0),
        new FailedFrames(0, List.of()),
        null,
        null);
  }

  /** How far it is; {@link #COMPLETE} and {@link #FAILED} are ends, until it is asked for again. */
  public enum State {
    /** Nothing was made yet: the run goes on, or no assembler has come to it. */
    WAITING,
    RUNNING,
    COMPLETE,
    FAILED
  }

  /**
   * What is drawn, and how.
   *
   * @param labels that are drawn; none: all
   * @param captions whether each box tells label, track and confidence
   * @param tracks whether objects are followed from frame to frame
   * @param trailMicros how much of its way an object trails behind it
   * @param concealed labels of objects that are made unrecognisable; none: every label
   */
  public record Style(
      List<String> labels,
      float minConfidence,
      ColourBy colours,
      boolean captions,
      boolean tracks,
      long trailMicros,
      Concealment conceal,
      List<String> concealed,
      List<Zone> zones) {

    /** That of an event. */
    public static Style of(RenderStyle style) {
      return new Style(
          style.getLabels(),
          style.getMinConfidence(),
          style.getColours(),
          style.getCaptions(),
          style.getTracks(),
          style.getTrailMicros(),
          style.getConceal(),
          style.getConcealed(),
          style.getZones().stream().map(Zone::of).toList());
    }
  }

  /** A place that is outlined; its corners as fractions of the upright picture. */
  public record Zone(String name, List<Corner> corners) {
    private static Zone of(io.zoetrope.events.Zone zone) {
      return new Zone(
          zone.getName(),
          zone.getCorners().stream()
              .map(corner -> new Corner(corner.getX(), corner.getY()))
              .toList());
    }
  }

  /**
   * Into what it is encoded.
   *
   * @param encoder FFmpeg's name of a hardware encoder; null for the codec's own
   */
  public record Encoding(RenderCodec codec, RenderPreset preset, boolean audio, String encoder) {
    /** That of an event. */
    public static Encoding of(RenderEncoding encoding) {
      return new Encoding(
          encoding.getCodec(),
          encoding.getPreset(),
          encoding.getAudio(),
          encoding.getEncoderName());
    }
  }

  /**
   * The pieces that it is made of.
   *
   * @param total null while unknown
   * @param rendered how many are there
   * @param ready how many are there from the first one on, without a gap
   * @param readyMicros how long those show something
   * @param frames pictures in all that are there
   */
  public record Segments(Integer total, int rendered, int ready, long readyMicros, long frames) {
    /** Whether there is nothing more to render. */
    public boolean allRendered() {
      return total != null && rendered >= total;
    }
  }

  /**
   * Frames that are marked instead of annotated: they weren't detected in, or can't be decoded.
   *
   * @param ranges the first thousand of them
   */
  public record FailedFrames(long count, List<FailedRange> ranges) {}

  /**
   * Neighbouring frames, both ends included.
   *
   * @param code why they are marked
   */
  public record FailedRange(long first, long last, String code) {}

  /**
   * The finished video.
   *
   * @param frames pictures in it
   * @param location for the media store
   * @param sha256 of its bytes
   * @param notes what isn't as in the original, in sentences
   */
  public record Result(
      long frames,
      long durationMicros,
      int width,
      int height,
      String location,
      String sha256,
      long sizeBytes,
      List<String> notes) {}
}
