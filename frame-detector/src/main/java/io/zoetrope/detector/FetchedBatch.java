package io.zoetrope.detector;

import io.zoetrope.events.FrameBatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A batch that the workers don't have yet.
 *
 * @param event with the packets, to be let go of when they have it
 * @param record that it came in, likewise
 */
record FetchedBatch(
    PendingBatch pending, FrameBatch event, ConsumerRecord<byte[], byte[]> record) {}
