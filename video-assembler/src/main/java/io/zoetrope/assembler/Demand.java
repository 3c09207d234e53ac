package io.zoetrope.assembler;

import io.zoetrope.assembler.RenderLedger.LedgerUnavailableException;
import io.zoetrope.assembler.RenderLedger.RenderState;
import io.zoetrope.events.SegmentRequested;
import java.util.Optional;

/**
 * Whether anybody still waits for a segment. Renders are asked for again, fail, and are withdrawn
 * while requests for their segments lie in the log. Any thread.
 */
final class Demand {
  private final RenderLedger ledger;

  Demand(RenderLedger ledger) {
    this.ledger = ledger;
  }

  /** How it is with a segment. */
  enum Answer {
    /** Somebody waits for it, or it can't be found out just now. */
    WANTED,
    /** Its render has come to an end, or shows something else by now. */
    SETTLED,
    /** Nobody knows its render: its planner, who did, has asked for it before it was withdrawn. */
    WITHDRAWN
  }

  Answer of(SegmentRequested segment) {
    Optional<RenderState> known;
    try {
      known = ledger.render(segment.getVideoId(), segment.getRenderId());
    } catch (LedgerUnavailableException e) {
      return Answer.WANTED;
    }
    if (known.isEmpty()) {
      return Answer.WITHDRAWN;
    }
    RenderState render = known.get();
    boolean ended =
        render.revision() == segment.getRevision() && render.status() != RenderState.Status.OPEN;
    return ended || render.revision() > segment.getRevision() ? Answer.SETTLED : Answer.WANTED;
  }
}
