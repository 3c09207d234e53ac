/**
 * Detections to state stores: the Kafka Streams topology that keeps the ledger of every run, and
 * the process that runs it.
 */
package io.zoetrope.topology;
