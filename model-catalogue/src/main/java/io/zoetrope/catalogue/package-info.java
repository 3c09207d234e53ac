/**
 * Well-known detectors by name, and those that were pulled. Knows no Kafka, no ONNX Runtime and no
 * FFmpeg: to it, a model is a file with a hash.
 */
package io.zoetrope.catalogue;
