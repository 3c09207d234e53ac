package io.zoetrope.assembler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.assembler.RenderLedger.LedgerUnavailableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RenderJobTest {
  private final Deque<Runnable> planners = new ArrayDeque<>();
  private final ScriptedWork work = new ScriptedWork();
  private long now;
  private final RenderJob job =
      new RenderJob(new ConsumerRecord<>("renders", 0, 0, null, null), "v/r", work, () -> now);

  /** Does as the test says, and remembers what was asked of it. */
  private static final class ScriptedWork implements RenderWork {
    private final List<String> asked = new ArrayList<>();
    private Supplier<Step> look = () -> Step.LATER;
    private Runnable carryOut = () -> {};
    private Supervision supervision = () -> false;

    @Override
    public Step look() {
      asked.add("look");
      return look.get();
    }

    @Override
    public void carryOut(Supervision given) {
      asked.add("carry out");
      supervision = given;
      carryOut.run();
    }

    @Override
    public void giveUp(int deaths) {
      asked.add("give up after " + deaths);
    }
  }

  @Test
  void shouldLookEverySecondUntilItIsDue() {
    assertThat(job.isReady()).isTrue();
    step();
    assertThat(job.isOver()).isFalse();
    assertThat(job.isReady()).isFalse();
    now += TimeUnit.SECONDS.toNanos(1);
    assertThat(job.isReady()).isTrue();

    work.look = () -> RenderWork.Step.DUE;
    step();
    assertThat(job.isOver()).isFalse();
    assertThat(job.isDue()).isTrue();
    assertThat(job.isReady()).as("without a pause").isTrue();

    step();
    assertThat(job.isOver()).isTrue();
    assertThat(work.asked).containsExactly("look", "look", "carry out");
  }

  @Test
  void shouldBeBusyUntilAPlannerIsDone() {
    job.goOn(planners::add);

    assertThat(job.isBusy()).isTrue();
    assertThat(job.isReady()).isFalse();
    assertThat(job.isOver()).isFalse();
    planners.remove().run();
    assertThat(job.isOver()).isFalse();
    assertThat(job.isBusy()).isFalse();
  }

  @Test
  void shouldTryAgainAfterWhatPasses() {
    makeDue();
    work.carryOut =
        () -> {
          throw new LedgerUnavailableException("later", null);
        };

    step();

    assertThat(job.isOver()).isFalse();
    assertThat(job.isDue()).as("the run may be open again").isFalse();
  }

  @Test
  void shouldBeOverWhenItIsAbandonedAndThePlannerHasStopped() {
    makeDue();
    work.carryOut =
        () -> {
          job.abandon();
          assertThat(work.supervision.isAbandoned()).isTrue();
          throw new CancellationException();
        };
    job.goOn(planners::add);
    assertThat(job.isOver()).isFalse();

    planners.remove().run();

    assertThat(job.isOver()).isTrue();
  }

  @Test
  void shouldTellWhenItsPlannerOnlyWaits() {
    makeDue();
    List<String> seen = new ArrayList<>();
    work.carryOut =
        () -> {
          seen.add(standing());
          work.supervision.rest();
          seen.add(standing());
          throw new LedgerUnavailableException("later", null);
        };

    step();

    assertThat(seen).containsExactly("at work", "resting");
    assertThat(job.isOver()).isFalse();
    makeDue();
    job.goOn(planners::add);
    assertThat(standing()).as("before it is at work again").isEqualTo("at work");
  }

  @Test
  @Timeout(60)
  void shouldGoOnOnlyWhenItIsAdmitted() {
    makeDue();
    work.carryOut =
        () -> {
          work.supervision.resume();
          work.supervision.rest();
          work.supervision.resume();
          work.asked.add(standing());
        };

    CompletableFuture<Void> planner = start();
    await(job::isApplying);
    assertThat(work.asked).doesNotContain("at work");
    job.admit();
    planner.join();

    assertThat(work.asked).endsWith("at work");
    assertThat(job.isOver()).isTrue();
  }

  @Test
  @Timeout(60)
  void shouldWaitNoLongerToBeAdmittedOnceItIsAbandoned() {
    makeDue();
    work.carryOut =
        () -> {
          work.supervision.rest();
          work.supervision.resume();
        };

    CompletableFuture<Void> planner = start();
    await(job::isApplying);
    job.abandon();
    planner.join();

    assertThat(job.isOver()).isTrue();
  }

  private CompletableFuture<Void> start() {
    job.goOn(planners::add);
    return CompletableFuture.runAsync(planners.remove());
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  private String standing() {
    return job.isResting() ? "resting" : job.isApplying() ? "applying" : "at work";
  }

  @Test
  void shouldBeOverAtOnceWhereNobodyIsAtWork() {
    job.abandon();

    assertThat(job.isOver()).isTrue();
    assertThat(work.asked).isEmpty();
  }

  @Test
  void shouldEndWhenItIsGivenUp() {
    job.giveUp(planners::add, 4);
    planners.remove().run();

    assertThat(job.isOver()).isTrue();
    assertThat(work.asked).containsExactly("give up after 4");
  }

  @Test
  void shouldPassOnWhatNoThreadSurvives() {
    work.look =
        () -> {
          throw new StackOverflowError();
        };
    step();

    assertThatThrownBy(job::isOver).isInstanceOf(StackOverflowError.class);
  }

  private void makeDue() {
    work.look = () -> RenderWork.Step.DUE;
    step();
    assertThat(job.isOver()).isFalse();
  }

  private void step() {
    job.goOn(planners::add);
    planners.remove().run();
  }
}
