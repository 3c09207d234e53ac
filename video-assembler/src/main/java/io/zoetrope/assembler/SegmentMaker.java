package io.zoetrope.assembler;

import io.zoetrope.assembler.WorkFolder.WorkFile;
import io.zoetrope.assembler.segments.Rendered;
import io.zoetrope.assembler.segments.SegmentRenderer;
import io.zoetrope.batches.BatchReferences;
import io.zoetrope.events.RenderEvent;
import io.zoetrope.events.SegmentRendered;
import io.zoetrope.events.SegmentRequested;
import io.zoetrope.isolation.Pulse;
import io.zoetrope.store.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
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
  private final RenderedFiles files;
  private final Demand demand;
  private final AssemblerPublisher publisher;
  private final AssemblerMeters meters;
  private final Pulse pulse;

  /**
   * A maker of segments; {@code references} and {@code files} stay the caller's.
   *
   * @param pulse beaten with every frame
   */
  SegmentMaker(
      BatchReferences references,
      RenderedFiles files,
      Demand demand,
      AssemblerPublisher publisher,
      AssemblerMeters meters,
      Pulse pulse) {
    this.references = references;
    this.renderer = new SegmentRenderer(references::original);
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
    try {
      pulse.beat();
      if (isWanted(segment)) {
        meters
            .rendering()
            .record(() -> render(segment, abandoned))
            .ifPresent(made -> tell(segment, made));
      }
    } catch (CancellationException e) {
      throw e;
    } catch (RuntimeException e) {
      fail(segment, RenderException.of(e));
    } finally {
      pulse.rest();
    }
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

  /** Empty where nobody wants the segment any more by the time that it is made. */
  private Optional<SegmentRendered> render(SegmentRequested segment, BooleanSupplier abandoned) {
    try (WorkFile file = files.newFile()) {
      segment.setBatch(references.resolve(segment.getBatch()));
      Rendered made = renderer.render(segment, file.path(), () -> isOver(abandoned));
      if (!isWanted(segment)) {
        return Optional.empty();
      }
      SegmentRendered event = event(segment, made);
      if (made.frames() > 0) {
        StoredObject stored = files.keep(segment.getVideoId(), segment.getRenderId(), file);
        event.setLocation(stored.location().toString());
        event.setSha256(stored.sha256());
      }
      return Optional.of(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isOver(BooleanSupplier abandoned) {
    pulse.beat();
    return abandoned.getAsBoolean();
  }

  private static SegmentRendered event(SegmentRequested segment, Rendered made) {
    return new SegmentRendered(
        segment.getBatch().getSequence(),
        made.firstFrame(),
        made.frames(),
        null,
        null,
        made.sizeBytes(),
        made.headerBytes(),
        made.durationMicros(),
        made.failedFrames());
  }

  @Override
  public void close() {
    renderer.close();
  }
}
