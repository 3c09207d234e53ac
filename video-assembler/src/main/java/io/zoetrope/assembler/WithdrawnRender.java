package io.zoetrope.assembler;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * An annotated video that nobody wants any more. Whoever withdrew it has removed its files; those
 * that were in the making then are removed here, once everybody can know that they aren't wanted,
 * and again when even the last of them must have been stored.
 */
final class WithdrawnRender implements RenderWork {
  /** Longer than it takes to put a file into the media store. */
  private static final Duration LAST_FILE = Duration.ofMinutes(1);

  private final String videoId;
  private final String renderId;
  private final RenderLedger ledger;
  private final RenderedFiles files;
  private final LongSupplier nanos;
  private OptionalLong known = OptionalLong.empty();

  WithdrawnRender(
      String videoId,
      String renderId,
      RenderLedger ledger,
      RenderedFiles files,
      LongSupplier nanos) {
    this.videoId = videoId;
    this.renderId = renderId;
    this.ledger = ledger;
    this.files = files;
    this.nanos = nanos;
  }

  @Override
  public Step look() {
    if (ledger.render(videoId, renderId).isPresent()) {
      return Step.LATER;
    }
    if (known.isEmpty()) {
      files.forget(videoId, renderId);
      known = OptionalLong.of(nanos.getAsLong());
      return Step.LATER;
    }
    if (nanos.getAsLong() - known.getAsLong() < LAST_FILE.toNanos()) {
      return Step.LATER;
    }
    files.forget(videoId, renderId);
    return Step.ENDED;
  }

  @Override
  public void carryOut(Supervision supervision) {
    throw new IllegalStateException("all that there is to do is quickly done");
  }

  @Override
  public void giveUp(int deaths) {
    throw new IllegalStateException("nobody dies of what is quickly done");
  }
}
