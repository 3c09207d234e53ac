package io.zoetrope.topology.query;

import java.util.List;

/**
 * Some runs that were asked for.
 *
 * @param runs their keys, {@code videoId/runId}, in order
 */
public record RunKeys(List<String> runs) {
  public RunKeys {
    runs = List.copyOf(runs);
  }
}
