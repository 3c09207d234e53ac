package io.zoetrope.topology;

import static io.zoetrope.topology.Events.RUN;
import static io.zoetrope.topology.Events.VIDEO;

import io.zoetrope.events.ColourBy;
import io.zoetrope.events.Concealment;
import io.zoetrope.events.MarkedFrames;
import io.zoetrope.events.Point;
import io.zoetrope.events.RenderCodec;
import io.zoetrope.events.RenderCompleted;
import io.zoetrope.events.RenderEncoding;
import io.zoetrope.events.RenderEvent;
import io.zoetrope.events.RenderFailed;
import io.zoetrope.events.RenderPlanned;
import io.zoetrope.events.RenderPreset;
import io.zoetrope.events.RenderRequested;
import io.zoetrope.events.RenderSound;
import io.zoetrope.events.RenderStyle;
import io.zoetrope.events.SegmentRendered;
import io.zoetrope.events.SoundFragment;
import io.zoetrope.events.SplitOptions;
import io.zoetrope.events.Zone;
import io.zoetrope.schemas.Keys;
import java.util.List;
import java.util.stream.LongStream;

/** What assemblers tell of one render, and what was asked for. */
final class RenderEvents {
  static final String FAILURE_CODE = "BATCH_LOST";
  static final String RENDER = "0123456789abcdef01234567";
  static final String KEY = Keys.render(VIDEO, RENDER);

  private RenderEvents() {}

  static RenderRequested requested() {
    return new RenderRequested(
        VIDEO,
        RENDER,
        RUN,
        "file:///media/" + VIDEO,
        new SplitOptions(-1, 0, 2, null, false),
        new RenderStyle(
            List.of("car"),
            0.5f,
            ColourBy.TRACK,
            true,
            true,
            1_000_000L,
            Concealment.BLUR,
            List.of("person"),
            List.of(
                new Zone(
                    "gate", List.of(new Point(0f, 0f), new Point(0f, 1f), new Point(1f, 0f))))),
        new RenderEncoding(RenderCodec.VP9, RenderPreset.FAST, true, null),
        1);
  }

  /** A segment of 120 frames that last 4 ms. */
  static RenderEvent segment(int revision, int sequence, long... failed) {
    return event(
        revision,
        new SegmentRendered(
            sequence,
            sequence * 120L,
            120,
            "file:/" + sequence,
            Integer.toString(sequence),
            5_000L,
            700L,
            4_000L,
            LongStream.of(failed)
                .mapToObj(frame -> new MarkedFrames(frame, frame, FAILURE_CODE))
                .toList()));
  }

  static RenderEvent event(int revision, Object state) {
    return new RenderEvent(VIDEO, RENDER, revision, state);
  }

  static RenderPlanned plan(int segments) {
    return new RenderPlanned(segments, segments * 120L, sound());
  }

  static RenderSound sound() {
    return new RenderSound("file:/sound", 900L, List.of(new SoundFragment(100L, 4_000_000L)));
  }

  static RenderCompleted completion() {
    return new RenderCompleted(
        1,
        120L,
        4_000L,
        1280,
        720,
        "file:/whole",
        "w",
        10_000L,
        1L,
        List.of("no subtitles"),
        sound());
  }

  static RenderFailed failure() {
    return new RenderFailed("LOCATION_NOT_FOUND", "it is gone");
  }
}
