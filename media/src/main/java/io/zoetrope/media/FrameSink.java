package io.zoetrope.media;

/** Takes the pictures of a batch as the decoder gives them out, in presentation order. */
@FunctionalInterface
public interface FrameSink {
  /**
   * Takes ownership of the frame: it must be closed, here or later, by this thread or another. May
   * block to hold the decoder back. An exception ends the decoding of the batch.
   */
  void accept(DecodedFrame frame);
}
