package io.zoetrope.topology.query;

import java.util.List;
import java.util.function.Function;

/**
 * What was found, and how current that is.
 *
 * @param value found in the stores
 * @param behind records of the stores' changelogs that {@code value} lacks at most; 0 where the
 *     stores' owner was asked, more where only a copy of them could be
 */
public record Answer<T>(T value, long behind) {

  /** From the owner of the stores. */
  public static <T> Answer<T> current(T value) {
    return new Answer<>(value, 0);
  }

  /** Every value, in order. What any of them lacks, the whole lacks. */
  public static <T> Answer<List<T>> all(List<Answer<T>> parts) {
    return new Answer<>(
        parts.stream().map(Answer::value).toList(), parts.stream().mapToLong(Answer::behind).sum());
  }

  /** Whether there may be more by now. */
  public boolean stale() {
    return behind > 0;
  }

  /** The value changed, as current as before. */
  public <R> Answer<R> map(Function<? super T, ? extends R> change) {
    return new Answer<>(change.apply(value), behind);
  }
}
