/**
 * Frame batches through the model: decoded, spread over the workers, put together again. Knows no
 * Kafka.
 */
package io.zoetrope.detector.inference;
