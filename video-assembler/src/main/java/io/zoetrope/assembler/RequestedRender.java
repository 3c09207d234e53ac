package io.zoetrope.assembler;

import io.zoetrope.events.RenderRequested;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** An annotated video that was asked for: it waits for its run, and then for a planner. */
final class RequestedRender implements RenderWork {
  /** In which the topology hears of a run that was asked for together with the render. */
  private static final Duration ACQUAINTANCE = Duration.ofMinutes(2);

  private final RenderRequested render;
  private final RenderPlanner planner;
  private final LongSupplier nanos;
  private final long born;

  RequestedRender(RenderRequested render, RenderPlanner planner, LongSupplier nanos) {
    this.render = render;
    this.planner = planner;
    this.nanos = nanos;
    this.born = nanos.getAsLong();
  }

  @Override
  public Step look() {
    Optional<Boolean> due = planner.isDue(render);
    if (due.isEmpty() && nanos.getAsLong() - born > ACQUAINTANCE.toNanos()) {
      fail("RUN_NOT_FOUND", "Nobody asked for the run that the video is to show.");
      return Step.ENDED;
    }
    return due.orElse(false) ? Step.DUE : Step.LATER;
  }

  @Override
  public void carryOut(Supervision supervision) {
    planner.plan(render, supervision);
  }

  @Override
  public void giveUp(int deaths) {
    fail("MEDIA_CRASHED", deaths + " processes ended while they cut the video; convert it.");
  }

  private void fail(String code, String sentence) {
    planner.fail(render, 0, new RenderException(code, sentence));
  }
}
