package io.zoetrope.splitter;

import io.zoetrope.batches.PacketReferences;
import io.zoetrope.events.RunRequested;
import io.zoetrope.events.SplitCompleted;
import io.zoetrope.media.MediaLimits;
import io.zoetrope.splitter.VideoSource.Demand;
import io.zoetrope.splitter.VideoSource.Portion;
import io.zoetrope.splitter.VideoSource.Slice;
import io.zoetrope.store.MediaStore;
import java.time.Duration;
import java.util.Optional;

/**
 * The bytes of a video in the hands of a job: opened when they may be and are first needed, closed
 * while the job has to wait, opened again. Used by one thread.
 */
final class Original implements AutoCloseable {
  private final Shelf shelf;
  private final RunRequested run;
  private final CutAttempts.Admission admission;
  private Optional<VideoSource> source = Optional.empty();
  private long lastUsed = System.nanoTime();

  /** Where originals are, and what of them is allowed. */
  record Shelf(MediaStore store, PacketReferences references, MediaLimits limits) {}

  /**
   * Opens nothing yet.
   *
   * @param run over the video; every run of a job cuts it in the same way
   */
  Original(Shelf shelf, RunRequested run, CutAttempts.Admission admission) {
    this.shelf = shelf;
    this.run = run;
    this.admission = admission;
  }

  boolean isOpen() {
    return source.isPresent();
  }

  /**
   * The next piece of the video, from its beginning where it had to be opened; none while it may
   * not be opened.
   */
  Optional<Slice> next(Demand demand, Portion portion) {
    lastUsed = System.nanoTime();
    if (source.isEmpty() && admission.granted(run)) {
      source =
          Optional.of(VideoSource.open(shelf.store(), shelf.references(), run, shelf.limits()));
    }
    return source.map(open -> open.next(demand, portion));
  }

  /** About as many frames as will be expected; empty where that is unknown. */
  Optional<Long> estimatedFrames() {
    return source.map(VideoSource::estimatedFrames).filter(count -> count > 0);
  }

  /** What is known of the video, which is open, at its end. */
  SplitCompleted completed() {
    return source.orElseThrow().completed();
  }

  boolean isIdleFor(Duration time) {
    return isOpen() && System.nanoTime() - lastUsed > time.toNanos();
  }

  /** Closes the video until it is next used. */
  void putBy() {
    closeSource();
    admission.withdraw();
  }

  private void closeSource() {
    source.ifPresent(VideoSource::close);
    source = Optional.empty();
  }

  /** The video is done with, or given up. */
  @Override
  public void close() {
    admission.close();
    closeSource();
  }
}
