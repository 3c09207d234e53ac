package io.zoetrope.gateway.pictures;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** A picture or clip that is wanted. Times are microseconds since the first displayed frame. */
public sealed interface PictureQuery {
  /** The media type of clips. */
  String CLIP_TYPE = "video/mp4";

  /** What is to be seen. */
  View view();

  /** The media type of what it gives. */
  String mediaType();

  /**
   * A video, and what is drawn on it.
   *
   * @param location URI of the original's bytes
   * @param runId the run whose objects are meant; null where none is
   * @param stream of the original that the run looked at; null: the best one
   * @param drawing null: nothing is drawn
   */
  record View(String videoId, String location, String runId, Integer stream, Drawing drawing) {
    public View {
      Objects.requireNonNull(videoId, "videoId");
      Objects.requireNonNull(location, "location");
    }

    /** The same, going by a run that looked at {@code itsStream}. */
    public View by(String run, Integer itsStream) {
      return new View(videoId, location, run, itsStream, drawing);
    }

    /** The same, with nothing drawn on it. */
    public View plain() {
      return new View(videoId, location, runId, stream, null);
    }
  }

  /**
   * How objects are drawn.
   *
   * @param labels those that are drawn; none: all
   * @param minConfidence lowest confidence of what is drawn
   * @param byTrack whether colours tell tracks apart, rather than labels
   * @param captions whether each box tells label, track and confidence
   * @param conceal how objects are made unrecognisable
   * @param concealed their labels; none: all
   */
  record Drawing(
      Set<String> labels,
      float minConfidence,
      boolean byTrack,
      boolean captions,
      Conceal conceal,
      Set<String> concealed) {
    public Drawing {
      labels = Set.copyOf(labels);
      concealed = Set.copyOf(concealed);
    }
  }

  /** How objects that nobody should recognise are made unrecognisable. */
  enum Conceal {
    NOTHING,
    BLUR,
    PIXELATE
  }

  /** Kinds of picture files. */
  enum Format {
    JPEG,
    PNG,
    WEBP;

    String mediaType() {
      return "image/" + name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What a picture is to be.
   *
   * @param width in pixels; it won't be wider than what it shows. Null: as wide as that
   */
  record Form(Format format, Integer width) {}

  /** The frame that is on show at a time. */
  record Frame(View view, long atMicros, Form form) implements PictureQuery {
    @Override
    public String mediaType() {
      return form.format().mediaType();
    }
  }

  /** A telling frame: where most is seen by the run, or by what the pictures themselves say. */
  record Poster(View view, Form form) implements PictureQuery {
    @Override
    public String mediaType() {
      return form.format().mediaType();
    }
  }

  /** Telling frames side by side, in the order in which they are shown. */
  record ContactSheet(View view, int columns, int rows, Form form) implements PictureQuery {
    @Override
    public String mediaType() {
      return form.format().mediaType();
    }
  }

  /** A few moments of the video in an animated picture. */
  record Preview(View view, Integer width) implements PictureQuery {
    @Override
    public String mediaType() {
      return Format.WEBP.mediaType();
    }
  }

  /** The best picture of a track of the run. */
  record TrackCrop(View view, int track, Form form) implements PictureQuery {
    @Override
    public String mediaType() {
      return form.format().mediaType();
    }
  }

  /** The frame on show at {@code fromMicros} and all until {@code toMicros}, exclusive. */
  record Clip(View view, long fromMicros, long toMicros, boolean sound) implements PictureQuery {
    @Override
    public String mediaType() {
      return CLIP_TYPE;
    }
  }

  /** A track of the run from its first frame to its last, and some time around it. */
  record TrackClip(View view, int track, long marginMicros, boolean sound) implements PictureQuery {
    @Override
    public String mediaType() {
      return CLIP_TYPE;
    }
  }
}
