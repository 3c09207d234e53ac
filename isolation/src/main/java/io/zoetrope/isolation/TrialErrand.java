package io.zoetrope.isolation;

import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** What a trial process does with a request, and brings something back from. */
@FunctionalInterface
public interface TrialErrand {
  /**
   * Does what might kill the process. To fail is to survive.
   *
   * @param original read through the process that asked
   * @return what the process that asked is told, see {@link TrialResult#answer}
   */
  byte[] run(ByteBuffer request, SeekableByteChannel original) throws Exception;
}
