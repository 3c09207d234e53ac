/** The detector role: frame batches from Kafka through a model, and back as detections. */
package io.zoetrope.detector;
