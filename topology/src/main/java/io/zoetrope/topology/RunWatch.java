package io.zoetrope.topology;

import io.zoetrope.events.BatchDetections;
import io.zoetrope.events.Failure;
import io.zoetrope.events.RepairRequested;
import io.zoetrope.events.SequenceRange;
import io.zoetrope.schemas.Keys;
import io.zoetrope.topology.ledger.RunLedger;
import io.zoetrope.topology.ledger.Split;
import io.zoetrope.topology.ledger.Standing;
import io.zoetrope.topology.ledger.Vigil;
import io.zoetrope.topology.ledger.Vigil.Need;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the open runs of one task by the wall clock, as waiting is its subject, and publishes the
 * revisions that have become due in the meantime. A run that shows no sign of life, although its
 * detectors have read all that was published for it, gets a repair of its missing batches; after
 * three in vain they are lost, which the log of detections is told, so that it alone tells the
 * story.
 */
final class RunWatch implements Processor<String, Object, String, Object> {
  private static final Logger LOG = LoggerFactory.getLogger(RunWatch.class);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Duration timeout;
  private final DetectorReach reach;
  private final Map<String, Vigil> vigils = new TreeMap<>();
  private ProcessorContext<String, Object> context;
  private KeyValueStore<String, RunLedger> runs;
  private KeyValueStore<String, Split> splits;
  private KeyValueStore<String, BatchDetections> detections;
  private RunBook book;
  private boolean catchingUp;

  private record Lack(String split, List<SequenceRange> sequences, int round) {}

  RunWatch(Duration timeout, DetectorReach reach) {
    this.timeout = timeout;
    this.reach = reach;
  }

  /** How often a look is taken where runs may be without a sign of life for {@code timeout}. */
  static Duration pause(Duration timeout) {
    Duration half = timeout.dividedBy(2);
    return half.compareTo(LONGEST_PAUSE) < 0 ? half : LONGEST_PAUSE;
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    this.runs = context.getStateStore(VideoLedgerTopology.RUNS);
    this.splits = context.getStateStore(VideoLedgerTopology.SPLITS);
    this.detections = context.getStateStore(VideoLedgerTopology.DETECTIONS);
    this.book = new RunBook(context);
    Instant now = Instant.ofEpochMilli(context.currentSystemTimeMs());
    try (KeyValueIterator<String, RunLedger> all = runs.all()) {
      while (all.hasNext()) {
        KeyValue<String, RunLedger> run = all.next();
        if (run.value.revisionDue() || isOpen(run.key, run.value)) {
          vigils.put(run.key, Vigil.begun(now));
        }
      }
    }
    context.schedule(pause(timeout), PunctuationType.WALL_CLOCK_TIME, this::look);
  }

  /** Something has changed of a run that is open, or of its end. */
  @Override
  public void process(Record<String, Object> run) {
    long now = context.currentSystemTimeMs();
    vigils.computeIfAbsent(run.key(), unknown -> Vigil.begun(Instant.ofEpochMilli(now)));
    catchingUp |= run.timestamp() < now - timeout.toMillis();
  }

  private void look(long nowMillis) {
    Instant now = Instant.ofEpochMilli(nowMillis);
    if (catchingUp) {
      // What is missed may lie in what this task has still to read.
      vigils.replaceAll((run, vigil) -> vigil.excused(now));
      catchingUp = false;
    }
    vigils.keySet().forEach(run -> book.publishDue(run, nowMillis));
    vigils.keySet().removeIf(run -> !isOpen(run, runs.get(run)));
    Map<Lack, List<String>> lacks = new LinkedHashMap<>();
    Map<Need, List<String>> waiting = new EnumMap<>(Need.class);
    vigils.replaceAll((run, vigil) -> attend(run, vigil, now, lacks, waiting));
    lacks.forEach((lack, runIds) -> repair(lack, runIds, nowMillis));
    waiting.forEach(RunWatch::say);
  }

  /** Gives a run what it needs; what concerns several runs is only noted. */
  private Vigil attend(
      String run,
      Vigil before,
      Instant now,
      Map<Lack, List<String>> lacks,
      Map<Need, List<String>> waiting) {
    RunLedger ledger = runs.get(run);
    int published = split(run, ledger).published(RunBook.runId(run));
    Vigil vigil = before.seeing(published, ledger.batches().total(), now);
    Need need = vigil.need(now, () -> reach.readUpTo(ledger.modelId()), timeout);
    switch (need) {
      case REPAIR -> {
        Lack lack =
            new Lack(
                Keys.split(Keys.owner(run), ledger.splitId()),
                MissingBatches.of(run, published, detections),
                vigil.round() + 1);
        lacks.computeIfAbsent(lack, unknown -> new ArrayList<>()).add(RunBook.runId(run));
        return vigil.repaired(now);
      }
      case VERDICT -> {
        giveUp(run, ledger, published, now);
        // Until it comes back out of the log, saying it again would only say it twice.
        return vigil.excused(now);
      }
      case SPLITTER, DETECTORS -> {
        if (vigil.silent(now, timeout)) {
          waiting.computeIfAbsent(need, unknown -> new ArrayList<>()).add(run);
          // The last progress may have been deleted in the meantime, and the splitter waits for it.
          context.forward(
              new Record<>(run, RunBook.progress(run, ledger), now.toEpochMilli()),
              VideoLedgerTopology.PROGRESS_SINK);
          return vigil.spoken(now);
        }
      }
      case PATIENCE -> {}
    }
    return vigil;
  }

  /** Runs of one split that lack the same batches get them together. */
  private void repair(Lack lack, List<String> runIds, long timestamp) {
    LOG.warn(
        "{} batches of split {} didn't arrive and are asked for again (round {}), for the runs {}",
        count(lack.sequences()),
        lack.split(),
        lack.round(),
        runIds);
    String videoId = Keys.owner(lack.split());
    RepairRequested request =
        new RepairRequested(
            videoId,
            lack.split().substring(videoId.length() + 1),
            runIds,
            lack.sequences(),
            lack.round());
    context.forward(
        new Record<>(lack.split(), request, timestamp), VideoLedgerTopology.REPAIRS_SINK);
  }

  private void giveUp(String run, RunLedger ledger, int published, Instant now) {
    List<SequenceRange> missing = MissingBatches.of(run, published, detections);
    LOG.warn("{} batches of run {} are lost", count(missing), run);
    Failure lost =
        new Failure(
            FailedBatches.LOST, "it was published and asked for again, but no result ever came");
    for (SequenceRange range : missing) {
      for (int sequence = range.getFirst(); sequence <= range.getLast(); sequence++) {
        BatchDetections failed = FailedBatches.of(run, ledger, sequence, lost);
        context.forward(
            new Record<>(
                Keys.detections(failed.getVideoId(), failed.getRunId(), sequence),
                failed,
                now.toEpochMilli()),
            VideoLedgerTopology.DETECTIONS_SINK);
      }
    }
  }

  private boolean isOpen(String run, RunLedger ledger) {
    return ledger != null
        && ledger.requested()
        && !Standing.of(RunBook.runId(run), ledger, split(run, ledger)).closed();
  }

  private Split split(String run, RunLedger ledger) {
    return Optional.ofNullable(splits.get(Keys.split(Keys.owner(run), ledger.splitId())))
        .orElse(Split.UNKNOWN);
  }

  private static void say(Need need, List<String> runs) {
    LOG.warn(
        "{} runs, {} among them, wait for {}",
        runs.size(),
        runs.get(0),
        need == Need.SPLITTER
            ? "the splitter to go on with their videos"
            : "detectors to read their batches");
  }

  private static long count(List<SequenceRange> ranges) {
    return ranges.stream().mapToLong(range -> range.getLast() - range.getFirst() + 1L).sum();
  }
}
