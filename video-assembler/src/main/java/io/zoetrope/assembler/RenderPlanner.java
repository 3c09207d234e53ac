package io.zoetrope.assembler;

import io.zoetrope.assembler.RenderLedger.Failure;
import io.zoetrope.assembler.RenderLedger.RenderState;
import io.zoetrope.assembler.RenderLedger.RunState;
import io.zoetrope.assembler.segments.SegmentRenderer;
import io.zoetrope.batches.FrameBatchEvents;
import io.zoetrope.batches.PacketReferences;
import io.zoetrope.events.RenderCompleted;
import io.zoetrope.events.RenderEvent;
import io.zoetrope.events.RenderPlanned;
import io.zoetrope.events.RenderRequested;
import io.zoetrope.events.RenderSound;
import io.zoetrope.events.SegmentRendered;
import io.zoetrope.events.SegmentRequested;
import io.zoetrope.media.MediaLimits;
import io.zoetrope.media.VideoCutter;
import io.zoetrope.store.MediaStore;
import io.zoetrope.store.MediaStoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees a render through: has its segments made, never many ahead of those that are done, and joins
 * them. Where it was interrupted it goes on with what is done by then. Any thread, each with a
 * render of its own.
 */
final class RenderPlanner {
  private static final Logger LOG = LoggerFactory.getLogger(RenderPlanner.class);
  private static final String ORIGINAL = "The original";

  /** In which the topology hears of what is forgotten. */
  private static final Duration FORGETTING = Duration.ofMinutes(1);

  private static final Duration PAUSE = Duration.ofMillis(250);

  private final RenderLedger ledger;
  private final MediaStore store;
  private final PacketReferences references;
  private final MediaLimits limits;
  private final AssemblerPublisher publisher;
  private final RenderedFiles files;
  private final RenderJoin join;
  private final AssemblerMeters meters;

  RenderPlanner(
      RenderLedger ledger,
      MediaStore store,
      PacketReferences references,
      MediaLimits limits,
      AssemblerPublisher publisher,
      RenderedFiles files,
      AssemblerMeters meters) {
    this.ledger = ledger;
    this.store = store;
    this.references = references;
    this.limits = limits;
    this.publisher = publisher;
    this.files = files;
    this.join = new RenderJoin(store, files);
    this.meters = meters;
  }

  /**
   * Whether the run has come to its end, and everybody knows of the render, so that it can begin;
   * empty: there is no run.
   */
  Optional<Boolean> isDue(RenderRequested render) {
    return ledger
        .run(render.getVideoId(), render.getRunId())
        .map(run -> run.ended() && isKnown(render));
  }

  private boolean isKnown(RenderRequested render) {
    return ledger.render(render.getVideoId(), render.getRenderId()).isPresent();
  }

  /** What is left to do of a render that was withdrawn. */
  RenderWork withdrawn(String videoId, String renderId, LongSupplier nanos) {
    return new WithdrawnRender(videoId, renderId, ledger, files, nanos);
  }

  /**
   * Returns when the video is there, or it is said why there won't be one.
   *
   * @param supervision told when there is nothing to do but to wait for segments
   * @throws CancellationException once nobody wants it any more
   * @throws RuntimeException for what passes: somebody has to try again later
   */
  void plan(RenderRequested render, Supervision supervision) {
    RenderLedger patient = new PatientLedger(ledger, supervision::isAbandoned);
    Optional<RunState> run = patient.run(render.getVideoId(), render.getRunId());
    if (run.filter(RunState::ended).isEmpty()) {
      throw new RenderLedger.LedgerUnavailableException("the run is open again", null);
    }
    Course course = new Course(render, run.get(), patient, supervision);
    try {
      course.follow();
    } catch (CancellationException e) {
      throw e;
    } catch (RuntimeException e) {
      fail(render, run.get().revision(), RenderException.of(e));
    }
  }

  /** Says that there won't be a video. */
  void fail(RenderRequested render, int revision, RenderException why) {
    LOG.warn("Render {} failed", render.getRenderId(), why);
    publisher.tellFailure(render.getVideoId(), render.getRenderId(), revision, why);
    meters.ended("failed");
  }

  /** One render, from the first segment to the video. */
  private final class Course {
    private final RenderRequested render;
    private final RunState run;
    private final RenderLedger ledger;
    private final Supervision supervision;

    Course(RenderRequested render, RunState run, RenderLedger ledger, Supervision supervision) {
      this.render = render;
      this.run = run;
      this.ledger = ledger;
      this.supervision = supervision;
    }

    void follow() {
      RenderState known = knownBefore();
      if (known.revision() == run.revision() && known.status() == RenderState.Status.COMPLETE) {
        return;
      }
      if (run.rejection().isPresent()) {
        Failure why = run.rejection().get();
        throw new RenderException(why.code(), why.message());
      }
      try (SeekableByteChannel original = store.open(URI.create(render.getLocation()));
          VideoCutter cutter =
              VideoCutter.open(
                  original, ORIGINAL, FrameBatchEvents.of(SegmentRequests.split(render)), limits)) {
        // Before anything is asked for that couldn't be made.
        SegmentRenderer.requireEncodable(render.getEncoding(), cutter.stream());
        follow(cutter);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** How the render stands; that it failed before it was asked for once more is forgotten. */
    private RenderState knownBefore() {
      RenderState state = state();
      if (state.status() == RenderState.Status.FAILED) {
        publisher.forgetFailure(render.getVideoId(), render.getRenderId());
        awaitForgotten(() -> state().status() != RenderState.Status.FAILED);
      }
      return state();
    }

    private void awaitForgotten(BooleanSupplier forgotten) {
      long start = System.nanoTime();
      while (!forgotten.getAsBoolean()) {
        if (System.nanoTime() - start > FORGETTING.toNanos()) {
          throw new RenderLedger.LedgerUnavailableException(
              "what doesn't count any more stays known", null);
        }
        Waiting.pause(PAUSE, supervision::isAbandoned);
      }
    }

    private RenderState state() {
      return ledger
          .render(render.getVideoId(), render.getRenderId())
          .orElseThrow(
              () -> new RenderLedger.LedgerUnavailableException("nobody knows the render", null));
    }

    private void follow(VideoCutter cutter) {
      DetectedFrames frames =
          new DetectedFrames(
              cursor -> ledger.frames(render.getVideoId(), render.getRunId(), cursor),
              run.failures());
      SegmentRequests segments =
          new SegmentRequests(render, run.revision(), cutter, frames, references);
      SegmentsAhead ahead = new SegmentsAhead(doneBefore(), System::nanoTime);
      // Where the file doesn't say when it starts, its first batch does.
      Optional<RenderSound> sound =
          segments.hasNext() ? soundtrack(cutter).publish() : Optional.empty();
      tell(new RenderPlanned(null, null, sound.orElse(null)));
      int count = 0;
      long expected = 0;
      while (segments.hasNext()) {
        Waiting.requireWanted(supervision::isAbandoned);
        SegmentRequested segment = segments.next();
        count++;
        expected += segment.getBatch().getExpectedFrames();
        if (ahead.ask(segment.getBatch().getSequence())) {
          publisher.ask(segment);
          if (!awaitAtMost(AssemblerSettings.SEGMENTS_AHEAD - 1, ahead)) {
            return;
          }
        }
      }
      tell(new RenderPlanned(count, expected, sound.orElse(null)));
      if (awaitAtMost(0, ahead)) {
        complete(count, segments.note(), cutter, sound);
      }
    }

    private Soundtrack soundtrack(VideoCutter cutter) {
      return new Soundtrack(render, cutter.stream(), cutter.startPts(), store, files);
    }

    /** What was deleted meanwhile is forgotten, and hence made again. */
    private Set<Integer> doneBefore() {
      List<SegmentRendered> gone =
          segments().stream().filter(segment -> !isThere(segment)).toList();
      for (SegmentRendered segment : gone) {
        publisher.forgetSegment(render.getVideoId(), render.getRenderId(), segment.getSequence());
      }
      awaitForgotten(() -> segments().stream().noneMatch(gone::contains));
      return segments().stream().map(SegmentRendered::getSequence).collect(Collectors.toSet());
    }

    private boolean isThere(SegmentRendered segment) {
      if (segment.getLocation() == null) {
        return true;
      }
      try (SeekableByteChannel file = store.open(URI.create(segment.getLocation()))) {
        return file.size() == segment.getSizeBytes();
      } catch (MediaStoreException e) {
        if (RenderException.isPassing(e)) {
          throw e;
        }
        return false;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private List<SegmentRendered> segments() {
      return ledger.segments(render.getVideoId(), render.getRenderId(), run.revision());
    }

    /** Whether no more than so many are waited for; else the render has failed in the meantime. */
    private boolean awaitAtMost(int segments, SegmentsAhead ahead) {
      while (ahead.waitedFor() > segments) {
        RenderState state = state();
        if (state.isFailed(run.revision())) {
          return false;
        }
        ahead.done(state.segments(run.revision()));
        if (ahead.waitedFor() > segments) {
          supervision.rest();
          Waiting.pause(PAUSE, supervision::isAbandoned);
        }
      }
      supervision.resume();
      return true;
    }

    private void complete(
        int count, Optional<String> note, VideoCutter cutter, Optional<RenderSound> sound) {
      List<SegmentRendered> segments = segments();
      if (segments.size() != count) {
        throw new RenderLedger.LedgerUnavailableException("not every segment is known yet", null);
      }
      Waiting.requireWanted(supervision::isAbandoned);
      RenderCompleted completed =
          meters
              .joining()
              .record(() -> join.join(render, segments, cutter.stream(), note, soundtrack(cutter)));
      completed.setSound(sound.orElse(null));
      tell(completed);
      meters.ended("completed");
      LOG.info(
          "Render {} is complete: {} frames in {} segments",
          render.getRenderId(),
          completed.getFrames(),
          count);
    }

    private void tell(Object state) {
      publisher.tell(
          new RenderEvent(render.getVideoId(), render.getRenderId(), run.revision(), state));
    }
  }
}
