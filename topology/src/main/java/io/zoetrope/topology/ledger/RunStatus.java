package io.zoetrope.topology.ledger;

/** How a run stands. */
public enum RunStatus {
  /** Something is still to come. */
  RUNNING,
  /** Every expected frame is accounted for, and none failed. */
  COMPLETE,
  /**
   * Every expected frame is accounted for, and some failed, or the file ends before its own end.
   */
  INCOMPLETE,
  /** The video can't be cut. */
  REJECTED
}
