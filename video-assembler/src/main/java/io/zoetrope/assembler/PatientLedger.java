package io.zoetrope.assembler;

import io.zoetrope.events.SegmentRendered;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Asks again for a while where there is no answer: topologies are restarted now and then. For the
 * work on one render; one thread.
 */
final class PatientLedger implements RenderLedger {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final RenderLedger ledger;
  private final BooleanSupplier abandoned;

  /**
   * Nothing is asked yet.
   *
   * @param abandoned whether nobody wants to know any more; every question ends with a {@link
   *     CancellationException} then
   */
  PatientLedger(RenderLedger ledger, BooleanSupplier abandoned) {
    this.ledger = ledger;
    this.abandoned = abandoned;
  }

  @Override
  public Optional<RunState> run(String videoId, String runId) {
    return ask(() -> ledger.run(videoId, runId));
  }

  @Override
  public FramePage frames(String videoId, String runId, String cursor) {
    return ask(() -> ledger.frames(videoId, runId, cursor));
  }

  @Override
  public Optional<RenderState> render(String videoId, String renderId) {
    return ask(() -> ledger.render(videoId, renderId));
  }

  @Override
  public List<SegmentRendered> segments(String videoId, String renderId, int revision) {
    return ask(() -> ledger.segments(videoId, renderId, revision));
  }

  private <T> T ask(Supplier<T> question) {
    long start = System.nanoTime();
    while (true) {
      try {
        return question.get();
      } catch (LedgerUnavailableException e) {
        if (System.nanoTime() - start > PATIENCE.toNanos()) {
          throw e;
        }
        Waiting.pause(PAUSE, abandoned);
      }
    }
  }
}
