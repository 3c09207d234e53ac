package io.zoetrope.splitter;

import io.zoetrope.events.FrameBatch;
import io.zoetrope.events.RepairRequested;
import io.zoetrope.events.RunRequested;
import io.zoetrope.events.SequenceRange;
import io.zoetrope.schemas.Keys;
import io.zoetrope.splitter.VideoSource.Demand;
import io.zoetrope.splitter.VideoSource.Portion;
import io.zoetrope.splitter.VideoSource.Slice;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Batches of one split that are published again, each for the runs that lack it and no others. It
 * says nothing of the split, which is as complete as it was; and it is in nobody's way for long, so
 * it doesn't wait for the detectors.
 */
final class RepairJob implements CutJob {
  private static final Logger LOG = LoggerFactory.getLogger(RepairJob.class);

  private final Assignment assignment;
  private final SplitterSettings settings;
  private final BatchPublisher publisher;
  private final List<RepairRequested> repairs;
  private final Map<String, RunRequested> runs;
  private final int last;
  private final Optional<Original> original;
  private int published;

  /**
   * A job that has nothing done yet.
   *
   * @param repairs of one split, those of the assignment
   * @param runs those that are known of those that they name, by their keys
   */
  RepairJob(
      Assignment assignment,
      List<RepairRequested> repairs,
      Map<String, RunRequested> runs,
      SplitterSettings settings,
      Original.Shelf shelf,
      BatchPublisher publisher) {
    this.assignment = assignment;
    this.settings = settings;
    this.publisher = publisher;
    this.repairs = repairs;
    this.runs = runs;
    this.last =
        repairs.stream()
            .flatMap(repair -> repair.getSequences().stream())
            .mapToInt(SequenceRange::getLast)
            .max()
            .orElse(-1);
    this.original =
        runs.values().stream()
            .findFirst()
            .map(run -> new Original(shelf, run, assignment.admission()));
  }

  /** The keys of the runs that a repair is for. */
  static List<String> runsOf(RepairRequested repair) {
    return repair.getRunIds().stream().map(id -> Keys.run(repair.getVideoId(), id)).toList();
  }

  @Override
  public boolean mayGoOn() {
    return true;
  }

  @Override
  public Turn step(EventTransactions transactions) {
    if (original.isEmpty() || last < 0) {
      LOG.warn("Nothing of {} is published again: its runs are gone", assignment.split());
      return end(transactions, List.of());
    }
    Optional<Slice> slice;
    try {
      slice = original.get().next(demand(), portion());
    } catch (RuntimeException e) {
      Rejection why = Rejection.of(e);
      LOG.warn(
          "Nothing more of {} can be published again: {}: {}",
          assignment.split(),
          why.code(),
          why.message());
      return end(transactions, List.of());
    }
    if (slice.isEmpty()) {
      return Turn.WAITED;
    }
    if (slice.get().last()) {
      return end(transactions, slice.get().batches());
    }
    if (!slice.get().batches().isEmpty()) {
      assignment.begin(transactions);
      send(transactions, slice.get().batches());
      transactions.commit();
    }
    return Turn.WORKED;
  }

  private Turn end(EventTransactions transactions, List<FrameBatch> lastBatches) {
    assignment.beginLast(transactions);
    send(transactions, lastBatches);
    transactions.commit();
    LOG.info("Published {} batches of {} again", published, assignment.split());
    return Turn.ENDED;
  }

  private void send(EventTransactions transactions, List<FrameBatch> batches) {
    batches.forEach(batch -> publisher.send(transactions, batch));
    published += batches.size();
  }

  private Demand demand() {
    return new Demand() {
      @Override
      public List<RunRequested> runs(int sequence) {
        return repairs.stream()
            .filter(repair -> repair.getSequences().stream().anyMatch(r -> isIn(r, sequence)))
            .flatMap(repair -> runsOf(repair).stream())
            .distinct()
            .filter(runs::containsKey)
            .<RunRequested>map(runs::get)
            .toList();
      }

      @Override
      public boolean endsBefore(int sequence) {
        return sequence > last;
      }
    };
  }

  private static boolean isIn(SequenceRange range, int sequence) {
    return range.getFirst() <= sequence && sequence <= range.getLast();
  }

  private Portion portion() {
    return new Portion(settings.transactionTime(), settings.transactionBytes(), Integer.MAX_VALUE);
  }

  @Override
  public boolean isOpen() {
    return original.map(Original::isOpen).orElse(false);
  }

  @Override
  public void putBy() {
    original.ifPresent(Original::putBy);
  }

  @Override
  public boolean isIdleFor(Duration time) {
    return original.map(o -> o.isIdleFor(time)).orElse(false);
  }

  @Override
  public Assignment assignment() {
    return assignment;
  }

  @Override
  public void close() {
    original.ifPresent(Original::close);
  }
}
