/** Model files and their inference: the only code that touches ONNX Runtime. */
package io.zoetrope.detector.onnx;
