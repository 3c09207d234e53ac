package io.zoetrope.cli.cluster;

import io.zoetrope.schemas.DeclaredTopic;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a process does on a cluster, so that the cluster can be asked beforehand whether it may.
 *
 * @param reads topics that it reads
 * @param writes topics that it writes
 * @param groups of consumers that it joins
 */
public record ClusterUse(
    List<DeclaredTopic> reads, List<DeclaredTopic> writes, List<String> groups) {
  /** Every topic that it has to do with. */
  public List<DeclaredTopic> topics() {
    return Stream.concat(reads.stream(), writes.stream()).distinct().toList();
  }
}
