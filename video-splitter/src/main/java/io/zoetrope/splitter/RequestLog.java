package io.zoetrope.splitter;

import io.zoetrope.isolation.Attempt;
import io.zoetrope.isolation.AttemptNote;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * What of one partition of requests is read and not settled yet, in the form of its committed
 * offset: that of the first such request, with those that are in hand as its metadata, so that
 * whoever has the partition after the death of this process knows which of them may have been the
 * cause. Requests are settled in any order; those behind an unsettled one are read again, and found
 * answered, by the next owner. Used by one thread.
 */
final class RequestLog {
  private final String owner;
  private final NavigableSet<Long> unsettled = new TreeSet<>();
  private final NavigableMap<Long, Attempt> attempts = new TreeMap<>();
  private long next;

  /**
   * Takes over what an earlier owner left.
   *
   * @param owner names this process, and no other that was before it
   * @param found what is committed; null where nothing ever was
   */
  RequestLog(String owner, OffsetAndMetadata found) {
    this.owner = owner;
    if (found != null) {
      next = found.offset();
      AttemptNote.parse(found.metadata(), found.offset())
          .deaths(owner)
          .forEach((offset, deaths) -> attempts.put(offset, new Attempt(offset, deaths, false)));
    }
  }

  /** A request was read, which is to be settled in its time. */
  void read(long offset) {
    unsettled.add(offset);
    passed(offset);
  }

  /** A record was read that asks for nothing. */
  void passed(long offset) {
    next = offset + 1;
  }

  /** How many processes ended with this request in hand. */
  int deaths(long offset) {
    Attempt attempt = attempts.get(offset);
    return attempt == null ? 0 : attempt.deaths();
  }

  boolean isInHand(long offset) {
    Attempt attempt = attempts.get(offset);
    return attempt != null && attempt.inHand();
  }

  /** Whether there is more than bad company against something that is in hand. */
  boolean hasDangerousInHand() {
    return attempts.values().stream().anyMatch(attempt -> attempt.inHand() && attempt.deaths() > 1);
  }

  /** The request is taken in hand, as soon as that is committed. */
  void begin(long offset) {
    attempts.put(offset, new Attempt(offset, deaths(offset), true));
  }

  /** The request is put by, unsettled: what happens from now on isn't its fault. */
  void release(long offset) {
    attempts.computeIfPresent(
        offset,
        (same, attempt) ->
            attempt.deaths() == 0 ? null : new Attempt(offset, attempt.deaths(), false));
  }

  /** Puts everything by; gives whether anything was in hand. */
  boolean releaseAll() {
    boolean any = attempts.values().stream().anyMatch(Attempt::inHand);
    new TreeSet<>(attempts.keySet()).forEach(this::release);
    return any;
  }

  void settle(Collection<Long> offsets) {
    unsettled.removeAll(offsets);
    attempts.keySet().removeAll(offsets);
  }

  /** What is to be committed for the partition. */
  OffsetAndMetadata toCommit() {
    long first = unsettled.isEmpty() ? next : unsettled.first();
    attempts.headMap(first).clear();
    return new OffsetAndMetadata(
        first, new AttemptNote(owner, List.copyOf(attempts.values())).format(first));
  }
}
