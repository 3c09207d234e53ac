package io.zoetrope.topology.query;

import java.net.URI;
import java.util.List;

/**
 * Where else the stores of a partition are.
 *
 * @param owner the instance that works on the partition; null where that is this one or isn't known
 * @param standbys the other instances that keep a copy
 */
public record Place(URI owner, List<URI> standbys) {
  /** Nothing is known of other instances. */
  public static final Place UNKNOWN = new Place(null, List.of());

  public Place {
    standbys = List.copyOf(standbys);
  }
}
