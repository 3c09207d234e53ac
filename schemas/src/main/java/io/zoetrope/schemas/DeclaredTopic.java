package io.zoetrope.schemas;

import java.util.Map;

/** What there is to know of a topic in order to make it. */
public sealed interface DeclaredTopic permits Topic, DeadLetterTopic {
  String name();

  /** For ever: the place of every key depends on it. */
  int partitions();

  /** The topic's configuration, without replication, which is the cluster's affair. */
  Map<String, String> config();
}
