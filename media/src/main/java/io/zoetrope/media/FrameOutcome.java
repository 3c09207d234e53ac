package io.zoetrope.media;

import java.util.Optional;

/**
 * What became of one expected frame of a batch.
 *
 * @param index of the frame in the whole split
 * @param failure why, where the status is {@link Status#FAILED}: the decoder's own words
 */
public record FrameOutcome(long index, Status status, Optional<String> failure) {
  /** The four ends that an expected frame can come to. */
  public enum Status {
    /** Given to the sink. */
    DECODED,
    /** Given to the sink, though the decoder reported errors in it. */
    DAMAGED,
    /** Not given to the sink, in a batch in which the decoder reported errors. */
    FAILED,
    /** The decoder took the packet without complaint and had no picture to show for it. */
    HIDDEN
  }

  /** The code of a {@link Status#FAILED} frame. */
  public static final String FAILURE_CODE = "FRAME_UNDECODABLE";
}
