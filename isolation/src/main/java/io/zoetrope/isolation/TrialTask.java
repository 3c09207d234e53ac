package io.zoetrope.isolation;

import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** What a trial process does with a request. */
@FunctionalInterface
public interface TrialTask {
  /**
   * Does what might kill the process. To fail is to survive.
   *
   * @param original read through the process that asked
   */
  void run(ByteBuffer request, SeekableByteChannel original) throws Exception;
}
