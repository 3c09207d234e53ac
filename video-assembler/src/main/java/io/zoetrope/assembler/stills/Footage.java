package io.zoetrope.assembler.stills;

import io.zoetrope.assembler.segments.Easel;
import io.zoetrope.events.RenderStyle;
import io.zoetrope.media.ChainSource;
import io.zoetrope.media.CutOptions;
import io.zoetrope.media.DecodedFrame;
import io.zoetrope.media.FrameSeeker;
import io.zoetrope.media.PictureFormat;
import io.zoetrope.media.Placement;
import io.zoetrope.media.Rational;
import io.zoetrope.media.VideoStream;
import java.util.OptionalInt;

/** The original of a video, opened to show frames of it. Holds native memory; one thread. */
final class Footage implements AutoCloseable {
  private static final Rational SQUARE = new Rational(1, 1);
  private static final double MICROS = 1_000_000;

  private final ChainSource.Channel original;
  private final String name;
  private final OptionalInt streamIndex;
  private final FrameSeeker seeker;

  /** Takes a frame that was put up and drawn on, until it returns. */
  @FunctionalInterface
  interface Viewer {
    void see(Easel easel, Placement placement, DecodedFrame frame);
  }

  /** Opens a video; {@code streamIndex} is empty for the best stream. */
  Footage(ChainSource.Channel original, String name, OptionalInt streamIndex) {
    this.original = original;
    this.name = name;
    this.streamIndex = streamIndex;
    seeker = FrameSeeker.open(original, name, index());
  }

  ChainSource.Channel original() {
    return original;
  }

  String name() {
    return name;
  }

  int index() {
    return streamIndex.orElse(CutOptions.BEST_STREAM);
  }

  VideoStream stream() {
    return seeker.stream();
  }

  /** How long it is, by what its container says; 0 where that isn't known. */
  long estimatedMicros() {
    Rational rate = stream().frameRate();
    return rate.isKnown() ? Math.round(stream().estimatedFrames() * MICROS / rate.toDouble()) : 0;
  }

  /** An easel for frames as they are stored, upright. */
  Easel easel(RenderStyle style) {
    return new Easel(new Easel.Key(PictureFormat.of(stream()), style));
  }

  /** An easel for frames as they are to be seen, in square pixels, not wider than {@code width}. */
  Easel easel(RenderStyle style, OptionalInt width) {
    PictureFormat stored = PictureFormat.of(stream());
    Rational pixel = stored.sampleAspectRatio();
    double aspect = pixel.isKnown() ? pixel.toDouble() : 1;
    double seenWidth = aspect > 1 ? stored.width() * aspect : stored.width();
    double seenHeight = aspect < 1 ? stored.height() / aspect : stored.height();
    double scale = Math.min(1, width.orElse(Integer.MAX_VALUE) / seenWidth);
    if (scale == 1 && aspect == 1) {
      return easel(style);
    }
    PictureFormat seen =
        new PictureFormat(
            even(seenWidth * scale),
            even(seenHeight * scale),
            SQUARE,
            stored.colorSpace(),
            stored.colorPrimaries(),
            stored.colorTransfer(),
            stored.fullRange());
    return new Easel(new Easel.Key(seen, style));
  }

  /**
   * Puts up the frame that is on show at {@code fromMicros} and all that follow until {@code
   * toMicros}, exclusive, each with its overlay.
   */
  void show(long fromMicros, long toMicros, Easel easel, Overlay overlay, Viewer viewer) {
    seeker.frames(
        fromMicros,
        toMicros,
        frame -> {
          try (frame) {
            Placement placement = easel.put(frame);
            overlay.draw(easel, placement, frame.ptsMicros());
            viewer.see(easel, placement, frame);
          }
        });
  }

  /** Nothing came of a frame that should be there. */
  static StillException nothingDecodable() {
    return new StillException(
        StillException.FRAME_UNDECODABLE, "no frame of what is wanted can be decoded");
  }

  @Override
  public void close() {
    seeker.close();
  }

  private static int even(double side) {
    return Math.max(2, 2 * (int) Math.round(side / 2));
  }
}
