package io.zoetrope.assembler;

import io.zoetrope.assembler.WorkFolder.WorkFile;
import io.zoetrope.assembler.segments.SegmentRenderer;
import io.zoetrope.batches.BatchReferences;
import io.zoetrope.events.RenderEvent;
import io.zoetrope.events.SegmentRendered;
import io.zoetrope.events.SegmentRequested;
import io.zoetrope.isolation.Pulse;
import io.zoetrope.store.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes segments, puts them into the media store, and then makes it known that they are there, or
 * why they can't be. One thread at a time.
 */
final class SegmentMaker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentMaker.class);

  private final BatchReferences references;
  private final SegmentRenderer renderer;
  private final SegmentTrials trials;
  private final RenderedFiles files;
  private final Demand demand;
  private final AssemblerPublisher publisher;
  private final AssemblerMeters meters;
  private final Pulse pulse;

  /**
   * A maker of segments; {@code references} and {@code files} stay the caller's.
   *
   * @param child as {@link SegmentTrials} has it
   * @param pulse beaten with every frame
   */
  SegmentMaker(
      BatchReferences references,
      Class<?> child,
      RenderedFiles files,
      Demand demand,
      AssemblerPublisher publisher,
      AssemblerMeters meters,
      Pulse pulse) {
    this.references = references;
    this.renderer = new SegmentRenderer(references::original);
    this.trials = new SegmentTrials(references, child);
    this.files = files;
    this.demand = demand;
    this.publisher = publisher;
    this.meters = meters;
    this.pulse = pulse;
  }

  /**
   * Returns when the segment is there, nobody wants it any more, or it is said that it can't be.
   *
   * @throws CancellationException once {@code abandoned} says so
   * @throws RuntimeException for what passes: somebody has to try again later
   */
  void make(SegmentRequested segment, BooleanSupplier abandoned) {
    pulse.beat();
    int sequence = segment.getBatch().getSequence();
    make(
        segment,
        file ->
            Optional.of(renderer.render(segment, file, () -> isOver(abandoned)).event(sequence)));
  }

  /**
   * Likewise, in a process of its own, so that this one isn't harmed.
   *
   * @param abandoned whoever says so calls {@link #giveUpApart}, too
   * @return whether it came to that; else the segment can be made here
   */
  boolean makeApart(SegmentRequested segment, BooleanSupplier abandoned) {
    return make(segment, file -> trials.make(segment, file, abandoned));
  }

  /** Ends the process of its own, if there is one. From any thread. */
  void giveUpApart() {
    trials.close();
  }

  /** How a segment is made; empty where it isn't. */
  @FunctionalInterface
  private interface Way {
    Optional<SegmentRendered> make(Path file) throws IOException;
  }

  private boolean make(SegmentRequested segment, Way way) {
    try {
      return !isWanted(segment) || meters.rendering().record(() -> makeAndTell(segment, way));
    } catch (CancellationException e) {
      throw e;
    } catch (RuntimeException e) {
      fail(segment, RenderException.of(e));
      return true;
    } finally {
      pulse.rest();
    }
  }

  private boolean makeAndTell(SegmentRequested segment, Way way) {
    try (WorkFile file = files.newFile()) {
      segment.setBatch(references.resolve(segment.getBatch()));
      Optional<SegmentRendered> made = way.make(file.path());
      if (made.isPresent() && isWanted(segment)) {
        keep(segment, made.get(), file);
        tell(segment, made.get());
      }
      return made.isPresent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void keep(SegmentRequested segment, SegmentRendered made, WorkFile file) {
    if (made.getFrames() > 0) {
      StoredObject stored = files.keep(segment.getVideoId(), segment.getRenderId(), file);
      made.setLocation(stored.location().toString());
      made.setSha256(stored.sha256());
    }
  }

  private boolean isOver(BooleanSupplier abandoned) {
    pulse.beat();
    return abandoned.getAsBoolean();
  }

  private boolean isWanted(SegmentRequested segment) {
    boolean wanted = demand.of(segment) == Demand.Answer.WANTED;
    if (!wanted) {
      LOG.debug(
          "Nobody wants segment {} of render {} any more",
          segment.getBatch().getSequence(),
          segment.getRenderId());
      meters.unwanted();
    }
    return wanted;
  }

  private void tell(SegmentRequested segment, SegmentRendered made) {
    publisher.tell(
        new RenderEvent(segment.getVideoId(), segment.getRenderId(), segment.getRevision(), made));
    meters.rendered(made.getFrames());
    if (demand.of(segment) == Demand.Answer.WITHDRAWN) {
      publisher.forgetSegment(segment.getVideoId(), segment.getRenderId(), made.getSequence());
    }
  }

  /** Says that the segment can't be made, and hence no video. */
  void fail(SegmentRequested segment, RenderException why) {
    LOG.warn(
        "Segment {} of render {} failed",
        segment.getBatch().getSequence(),
        segment.getRenderId(),
        why);
    publisher.tellFailure(segment.getVideoId(), segment.getRenderId(), segment.getRevision(), why);
    meters.failed();
  }

  @Override
  public void close() {
    trials.close();
    renderer.close();
  }
}
