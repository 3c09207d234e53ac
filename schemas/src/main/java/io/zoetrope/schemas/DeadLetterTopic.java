package io.zoetrope.schemas;

import java.util.Map;

/**
 * Where records that can't be used lie as they came, with the reason and where they came from in
 * their headers.
 */
public record DeadLetterTopic(String name, int partitions, Map<String, String> config)
    implements DeclaredTopic {}
