package io.zoetrope.isolation;

import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What of one partition of requests is read and not settled yet, in the form of its committed
 * offset: that of the first such request, with those that are in hand as its metadata, so that
 * whoever has the partition after the death of this process knows which of them may have been the
 * cause. Requests are settled in any order; those behind an unsettled one are read again, and found
 * answered, by the next owner. Used by one thread.
 */
public final class RequestLog {
  private final String owner;
  private final NavigableSet<Long> unsettled = new TreeSet<>();
  private final NavigableMap<Long, Attempt> attempts = new TreeMap<>();
  private long next;

  /**
   * A partition as it is committed.
   *
   * @param offset to go on from
   * @param note the offset's metadata
   */
  public record Place(long offset, String note) {}

  /**
   * Where nothing was ever committed.
   *
   * @param owner names this process, and no other that was before it
   */
  public RequestLog(String owner) {
    this.owner = owner;
  }

  /**
   * Takes over what an earlier owner left.
   *
   * @param owner names this process, and no other that was before it
   */
  public RequestLog(String owner, Place found) {
    this(owner);
    next = found.offset();
    AttemptNote.parse(found.note(), found.offset())
        .deaths(owner)
        .forEach((offset, deaths) -> attempts.put(offset, new Attempt(offset, deaths, false)));
  }

  /** A request was read, which is to be settled in its time. */
  public void read(long offset) {
    unsettled.add(offset);
    passed(offset);
  }

  /** A record was read that asks for nothing. */
  public void passed(long offset) {
    next = offset + 1;
  }

  /** How many processes ended with this request in hand. */
  public int deaths(long offset) {
    Attempt attempt = attempts.get(offset);
    return attempt == null ? 0 : attempt.deaths();
  }

  /** Whether this process has it in hand. */
  public boolean isInHand(long offset) {
    Attempt attempt = attempts.get(offset);
    return attempt != null && attempt.inHand();
  }

  /** Whether there is more than bad company against something that is in hand. */
  public boolean hasDangerousInHand() {
    return attempts.values().stream().anyMatch(attempt -> attempt.inHand() && attempt.deaths() > 1);
  }

  /** The request is taken in hand, as soon as that is committed. */
  public void begin(long offset) {
    attempts.put(offset, new Attempt(offset, deaths(offset), true));
  }

  /** The request is put by, unsettled: what happens from now on isn't its fault. */
  public void release(long offset) {
    attempts.computeIfPresent(
        offset,
        (same, attempt) ->
            attempt.deaths() == 0 ? null : new Attempt(offset, attempt.deaths(), false));
  }

  /** Puts everything by; gives whether anything was in hand. */
  public boolean releaseAll() {
    boolean any = attempts.values().stream().anyMatch(Attempt::inHand);
    new TreeSet<>(attempts.keySet()).forEach(this::release);
    return any;
  }

  /** These requests are answered. */
  public void settle(Collection<Long> offsets) {
    unsettled.removeAll(offsets);
    attempts.keySet().removeAll(offsets);
  }

  /** What is to be committed for the partition. */
  public Place toCommit() {
    long first = unsettled.isEmpty() ? next : unsettled.first();
    attempts.headMap(first).clear();
    return new Place(first, new AttemptNote(owner, List.copyOf(attempts.values())).format(first));
  }
}
