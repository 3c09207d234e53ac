package io.zoetrope.topology.query;

/**
 * One instance of the topology: the stores that it has, and what it knows of the others. Any
 * thread.
 */
public interface StoreInstance {
  /**
   * Questions over the stores of this instance alone. Those that it owns are current; of those that
   * it has a copy of, the answer says how far that is behind. Where it has none, or one that is too
   * far behind, {@link QueryException#STORES_NOT_READY}.
   */
  VideoQueries queries();

  /** Where else the stores of {@code partition} are, as the group last agreed. */
  Place place(int partition);
}
