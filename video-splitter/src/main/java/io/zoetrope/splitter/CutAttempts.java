package io.zoetrope.splitter;

import io.zoetrope.events.RunRequested;
import io.zoetrope.isolation.Attempt;
import io.zoetrope.isolation.RequestLog;
import io.zoetrope.isolation.Trials;
import io.zoetrope.media.MediaLimits;
import io.zoetrope.schemas.EventException;
import io.zoetrope.store.MediaStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Which videos are being cut, on record in the committed offsets of their requests, so that whoever
 * has a partition after the death of this process knows which of them may have been the cause. Such
 * a video is first cut in a child process. Used by one thread.
 */
final class CutAttempts implements AutoCloseable {
  private final String owner;
  private final MediaStore store;
  private final MediaLimits limits;
  private final Consumer<?, ?> consumer;
  private final Trials trials = new Trials(CutTrial.class);
  private final Map<TopicPartition, RequestLog> logs = new HashMap<>();

  /**
   * Nothing is assigned yet.
   *
   * @param owner names this process, and no other that was before it
   */
  CutAttempts(String owner, MediaStore store, MediaLimits limits, Consumer<?, ?> consumer) {
    this.owner = owner;
    this.store = store;
    this.limits = limits;
    this.consumer = consumer;
  }

  /** The way to one video. */
  final class Admission implements AutoCloseable {
    private final TopicPartition partition;
    private final long offset;
    private final int deathsBefore;
    private Optional<CompletableFuture<Optional<String>>> trial = Optional.empty();

    private Admission(TopicPartition partition, long offset) {
      this.partition = partition;
      this.offset = offset;
      this.deathsBefore = log(partition).deaths(offset);
    }

    /**
     * Whether the video may be opened now, which is on record then; else it will be later.
     *
     * @throws EventException {@code MEDIA_CRASHED} where it must not be opened
     */
    boolean granted(RunRequested run) {
      if (deathsBefore >= Attempt.MAX_DEATHS) {
        throw crashed(deathsBefore + " processes ended while they were cutting it");
      }
      if (deathsBefore > 0 && !survives(run)) {
        return false;
      }
      // Where a second process died although each survived its trial, one at a time.
      if (deathsBefore > 1 && logs.values().stream().anyMatch(RequestLog::hasDangerousInHand)) {
        return false;
      }
      log(partition).begin(offset);
      commit(partition);
      return true;
    }

    private boolean survives(RunRequested run) {
      if (trial.isEmpty()) {
        trial = Optional.of(trials.start(new CutTrial.OfRun(run, limits, store)));
      }
      if (!trial.get().isDone()) {
        return false;
      }
      trial
          .get()
          .join()
          .ifPresent(
              death -> {
                throw crashed("a process that cuts it " + death);
              });
      return true;
    }

    private static EventException crashed(String why) {
      return new EventException(
          "MEDIA_CRASHED", "The file makes FFmpeg crash: %s; convert it.".formatted(why));
    }

    /** The video is closed for a while, and can't be the cause of anything until it is opened. */
    void withdraw() {
      if (log(partition).isInHand(offset)) {
        log(partition).release(offset);
        commit(partition);
      }
    }

    /** The video is done with, or given up: whoever closes its transaction clears the record. */
    @Override
    public void close() {
      trial.ifPresent(running -> running.cancel(false));
    }
  }

  /** Before a video is opened whose first request lies at {@code offset}. */
  Admission admission(TopicPartition partition, long offset) {
    return new Admission(partition, offset);
  }

  /** What is read of a partition that is assigned, and not settled. */
  RequestLog log(TopicPartition partition) {
    return logs.get(partition);
  }

  /** Takes over what earlier owners of these partitions left. */
  void assigned(Collection<TopicPartition> partitions) {
    consumer
        .committed(Set.copyOf(partitions), CommittedLog.UNDER_WAY)
        .forEach((partition, found) -> logs.put(partition, log(found)));
  }

  private RequestLog log(OffsetAndMetadata found) {
    return found == null
        ? new RequestLog(owner)
        : new RequestLog(owner, new RequestLog.Place(found.offset(), found.metadata()));
  }

  /** What is to be committed for a partition that is assigned. */
  OffsetAndMetadata toCommit(TopicPartition partition) {
    RequestLog.Place place = log(partition).toCommit();
    return new OffsetAndMetadata(place.offset(), place.note());
  }

  /** What of these partitions is given up in an orderly way is no death. */
  void withdraw(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      RequestLog log = logs.get(partition);
      if (log != null && log.releaseAll()) {
        commit(partition);
      }
    }
  }

  private void commit(TopicPartition partition) {
    consumer.commitSync(Map.of(partition, toCommit(partition)));
  }

  void forget(Collection<TopicPartition> partitions) {
    logs.keySet().removeAll(partitions);
  }

  @Override
  public void close() {
    trials.close();
  }
}
