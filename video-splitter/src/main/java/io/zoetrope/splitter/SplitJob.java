package io.zoetrope.splitter;

import io.zoetrope.events.FrameBatch;
import io.zoetrope.events.RunRequested;
import io.zoetrope.events.SplitEvent;
import io.zoetrope.events.VideoRejected;
import io.zoetrope.schemas.Topics;
import io.zoetrope.splitter.VideoSource.Demand;
import io.zoetrope.splitter.VideoSource.Portion;
import io.zoetrope.splitter.VideoSource.Slice;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A video that is cut for some runs, no further ahead of the detectors than is useful. */
final class SplitJob implements CutJob {
  private static final Logger LOG = LoggerFactory.getLogger(SplitJob.class);

  private final Assignment assignment;
  private final SplitterSettings settings;
  private final SplitStates states;
  private final Backlog backlog;
  private final BatchPublisher publisher;
  private final SplitPass pass;
  private final Original original;
  private int nextSequence;
  private long framesSoFar;

  /**
   * A job that has nothing done yet.
   *
   * @param requests those of the assignment
   */
  SplitJob(
      Assignment assignment,
      List<Request<RunRequested>> requests,
      SplitterSettings settings,
      Original.Shelf shelf,
      SplitStates states,
      Backlog backlog,
      BatchPublisher publisher) {
    this.assignment = assignment;
    this.settings = settings;
    this.states = states;
    this.backlog = backlog;
    this.publisher = publisher;
    this.pass = pass(requests, states.last(assignment.split()));
    this.original = new Original(shelf, requests.get(0).event(), assignment.admission());
    this.nextSequence = pass.firstSequence();
    this.framesSoFar = pass.framesBefore();
  }

  /** A rejection is the answer to the requests before it; one that comes later is a new try. */
  private static SplitPass pass(List<Request<RunRequested>> requests, SplitStates.State last) {
    boolean rejected = last != null && last.event().getState() instanceof VideoRejected;
    return SplitPass.of(
        requests.stream()
            .filter(request -> !rejected || request.offset() > last.answered())
            .map(Request::event)
            .toList(),
        last == null ? null : last.event());
  }

  @Override
  public boolean mayGoOn() {
    if (pass.runs().isEmpty()) {
      return true;
    }
    // To open a video again costs all that is before, so it isn't done for a batch or two.
    return original.isOpen() ? room() > 0 : backlog.isWide(room());
  }

  private int room() {
    return backlog.room(primary(), pass.firstSequence(), nextSequence);
  }

  /**
   * The run that sets the pace. A shadow's doesn't, unless there are only shadows, which nobody
   * waits for.
   */
  private RunRequested primary() {
    Set<String> shadows = settings.shadowModels().get();
    return pass.runs().stream()
        .filter(run -> !shadows.contains(run.getModelId()))
        .findFirst()
        .orElse(pass.runs().get(0));
  }

  @Override
  public Turn step(EventTransactions transactions) {
    if (pass.runs().isEmpty()) {
      assignment.beginLast(transactions);
      transactions.commit();
      return Turn.ENDED;
    }
    Optional<Slice> slice;
    try {
      slice = original.next(demand(), portion());
    } catch (RuntimeException e) {
      reject(transactions, Rejection.of(e));
      return Turn.ENDED;
    }
    if (slice.isEmpty()) {
      return Turn.WAITED;
    }
    if (slice.get().last()) {
      complete(transactions, slice.get().batches());
      return Turn.ENDED;
    }
    if (!slice.get().batches().isEmpty()) {
      goOn(transactions, slice.get().batches());
    }
    return Turn.WORKED;
  }

  private Demand demand() {
    int first = nextSequence;
    return new Demand() {
      @Override
      public List<RunRequested> runs(int sequence) {
        return sequence < first ? List.of() : pass.runs();
      }

      @Override
      public boolean endsBefore(int sequence) {
        return false;
      }
    };
  }

  private Portion portion() {
    return new Portion(settings.transactionTime(), settings.transactionBytes(), room());
  }

  private void goOn(EventTransactions transactions, List<FrameBatch> batches) {
    assignment.begin(transactions);
    send(transactions, batches);
    commit(
        transactions,
        pass.progress(nextSequence, framesSoFar, original.estimatedFrames().orElse(null)));
  }

  private void complete(EventTransactions transactions, List<FrameBatch> lastBatches) {
    assignment.beginLast(transactions);
    send(transactions, lastBatches);
    commit(transactions, pass.completed(original.completed()));
  }

  private void reject(EventTransactions transactions, Rejection rejection) {
    LOG.warn(
        "Video {} is rejected: {}: {}",
        pass.runs().get(0).getVideoId(),
        rejection.code(),
        rejection.message());
    assignment.beginLast(transactions);
    commit(transactions, pass.rejected(rejection));
  }

  private void send(EventTransactions transactions, List<FrameBatch> batches) {
    for (FrameBatch batch : batches) {
      publisher.send(transactions, batch);
      nextSequence = batch.getSequence() + 1;
      framesSoFar += batch.getExpectedFrames();
    }
  }

  private void commit(EventTransactions transactions, SplitEvent event) {
    SplitStates.State state = new SplitStates.State(event, assignment.lastOffset());
    transactions.send(Topics.SPLITS, assignment.split(), event, state::addTo);
    transactions.commit();
    states.committed(assignment.split(), state);
  }

  @Override
  public boolean isOpen() {
    return original.isOpen();
  }

  @Override
  public void putBy() {
    original.putBy();
  }

  @Override
  public boolean isIdleFor(Duration time) {
    return original.isIdleFor(time);
  }

  @Override
  public Assignment assignment() {
    return assignment;
  }

  @Override
  public void close() {
    original.close();
    pass.runs().forEach(backlog::forget);
  }
}
