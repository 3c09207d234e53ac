package io.zoetrope.assembler.stills;

import io.zoetrope.assembler.segments.Easel;
import io.zoetrope.media.ChainSource;
import io.zoetrope.media.MediaException;
import io.zoetrope.media.PictureArea;
import io.zoetrope.media.Placement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Makes pictures and short clips of videos for somebody who waits, out of the originals. Times are
 * microseconds since the first displayed frame. Any thread; each picture is made on its caller's, a
 * few at a time.
 *
 * <p>Every method throws a {@link StillException}, a {@link MediaException} where the original
 * can't be decoded any more, and what opening the original throws.
 */
public final class Stills {
  private static final int SHEET_WIDTH = 1280;
  private static final long MICROS_A_SECOND = 1_000_000;
  private static final long LONGEST_CLIP_MICROS = 300 * MICROS_A_SECOND;
  private static final int CANDIDATES = 3;

  private final Function<URI, SeekableByteChannel> originals;
  private final RunFindings findings;
  private final ClipMaker clips;
  private final Turns turns;

  /**
   * Makes nothing yet.
   *
   * @param originals opens an original's bytes
   * @param folder for clips while they are made; created where it isn't there
   * @param atOnce how many pictures are made at a time, 1 or more
   */
  public Stills(
      Function<URI, SeekableByteChannel> originals, RunFindings findings, Path folder, int atOnce) {
    this.originals = originals;
    this.findings = findings;
    clips = new ClipMaker(folder, findings);
    turns = new Turns(atOnce);
  }

  /** The frame that is on show at a time. */
  public Still frame(View view, long atMicros, StillForm form) {
    return make(view, footage -> still(footage, view, atMicros, form));
  }

  /**
   * A telling frame: of those in which the view's run saw most, the sharpest; without a run, the
   * sharpest of a few.
   */
  public Still poster(View view, StillForm form) {
    return make(
        view,
        footage -> {
          List<Long> moments =
              view.runId().isPresent() ? moments(view).best(CANDIDATES) : List.of();
          if (moments.isEmpty()) {
            moments = TellingMoments.evenly(CANDIDATES, footage.estimatedMicros());
          }
          return still(footage, view, sharpest(footage, view, moments), form);
        });
  }

  /** Telling frames of a run side by side, row by row in the order in which they are shown. */
  public Still contactSheet(View view, int columns, int rows, StillForm form) {
    return make(
        view,
        footage ->
            new ContactSheet(columns, rows, form.orWidth(SHEET_WIDTH))
                .of(footage, spread(footage, view, columns * rows), new Overlay(view, findings)));
  }

  /** A few moments of the video in an animated picture. */
  public Still preview(View view, OptionalInt width) {
    return make(
        view,
        footage ->
            new Preview(width)
                .of(footage, spread(footage, view, Preview.MOMENTS), new Overlay(view, findings)));
  }

  /** The best picture of a track, with a little around it. */
  public Still trackCrop(View view, int track, StillForm form) {
    return make(
        view,
        footage -> {
          TrackSearch search = search(view, track, CANDIDATES);
          return new TrackCrop(form).of(footage, search.best(), new Overlay(view, findings));
        });
  }

  /** The frame on show at {@code fromMicros} and all until {@code toMicros}, exclusive. */
  public Clip clip(View view, long fromMicros, long toMicros, boolean sound) {
    long from = Math.max(0, fromMicros);
    if (toMicros <= from) {
      throw new IllegalArgumentException("no clip ends at %d and starts later".formatted(toMicros));
    }
    if (toMicros - from > LONGEST_CLIP_MICROS) {
      throw new StillException(
          StillException.CLIP_TOO_LONG,
          "%d seconds are more than a clip has, which is %d; ask for a part, or for the annotated video"
              .formatted(
                  (toMicros - from) / MICROS_A_SECOND, LONGEST_CLIP_MICROS / MICROS_A_SECOND));
    }
    return make(
        view,
        footage -> {
          try {
            return clips.make(footage, view, from, toMicros, sound);
          } catch (IOException | UncheckedIOException e) {
            throw new StillException(
                StillException.UNWRITABLE,
                "the clip can't be written here (%s); make room, or ask another assembler"
                    .formatted(e.getMessage()),
                e);
          }
        });
  }

  /** A track from its first frame to its last, and {@code marginMicros} before and after. */
  public Clip trackClip(View view, int track, long marginMicros, boolean sound) {
    TrackSearch search = turns.take(() -> search(view, track, 1));
    return clip(
        view, search.firstMicros() - marginMicros, search.lastMicros() + marginMicros + 1, sound);
  }

  private <T> T make(View view, Function<Footage, T> work) {
    return turns.take(
        () -> {
          try (Footage footage = open(view)) {
            return work.apply(footage);
          }
        });
  }

  private Footage open(View view) {
    ChainSource.Channel original = () -> originals.apply(view.original());
    return new Footage(original, "video " + view.videoId(), view.stream());
  }

  private Still still(Footage footage, View view, long atMicros, StillForm form) {
    Overlay overlay = new Overlay(view, findings);
    StillShot shot = new StillShot(form);
    try (Easel easel = footage.easel(overlay.style(), form.width())) {
      footage.show(atMicros, atMicros, easel, overlay, shot);
    }
    return shot.still();
  }

  private long sharpest(Footage footage, View view, List<Long> moments) {
    Overlay nothing = new Overlay(view.plain(), findings);
    long[] best = {moments.get(0)};
    double[] sharpness = {-1};
    try (Easel easel = footage.easel(nothing.style(), OptionalInt.empty())) {
      for (long moment : moments) {
        footage.show(
            moment,
            moment,
            easel,
            nothing,
            (shown, placement, frame) -> {
              double found = Sharpness.of(shown.picture(), area(placement));
              if (found > sharpness[0]) {
                sharpness[0] = found;
                best[0] = frame.ptsMicros();
              }
            });
      }
    }
    return best[0];
  }

  private List<Long> spread(Footage footage, View view, int count) {
    List<Long> telling = view.runId().isPresent() ? moments(view).spread(count) : List.of();
    return telling.isEmpty() ? TellingMoments.evenly(count, footage.estimatedMicros()) : telling;
  }

  private TellingMoments moments(View view) {
    TellingMoments moments = new TellingMoments();
    findings.frames(
        view.videoId(), view.requireRun(), Long.MIN_VALUE, Long.MAX_VALUE, moments::add);
    return moments;
  }

  private TrackSearch search(View view, int track, int sightings) {
    TrackSearch search = new TrackSearch(track, sightings);
    findings.frames(view.videoId(), view.requireRun(), Long.MIN_VALUE, Long.MAX_VALUE, search::add);
    if (!search.isFound()) {
      throw new StillException(
          StillException.TRACK_UNKNOWN,
          "run %s of video %s has no track %d".formatted(view.requireRun(), view.videoId(), track));
    }
    return search;
  }

  static PictureArea area(Placement placement) {
    return new PictureArea(placement.x(), placement.y(), placement.width(), placement.height());
  }
}
