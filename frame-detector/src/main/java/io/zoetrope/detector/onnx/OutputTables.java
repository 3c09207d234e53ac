package io.zoetrope.detector.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;

/** Where the boxes of each picture of a run go. One thread at a time. */
interface OutputTables extends AutoCloseable {
  /** Runs the model over so many pictures. */
  void run(OrtSession session, Map<String, OnnxTensor> inputs, int pictures) throws OrtException;

  /** Those of one picture of the last run; position 0. */
  FloatBuffer table(int slot);

  @Override
  void close();
}
