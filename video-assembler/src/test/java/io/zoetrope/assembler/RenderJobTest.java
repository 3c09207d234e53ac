package io.zoetrope.assembler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.assembler.RenderLedger.LedgerUnavailableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

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
    private BooleanSupplier abandoned = () -> false;

    @Override
    public Step look() {
      asked.add("look");
      return look.get();
    }

    @Override
    public void carryOut(BooleanSupplier isAbandoned) {
      asked.add("carry out");
      abandoned = isAbandoned;
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
          assertThat(work.abandoned.getAsBoolean()).isTrue();
          throw new CancellationException();
        };
    job.goOn(planners::add);
    assertThat(job.isOver()).isFalse();

    planners.remove().run();

    assertThat(job.isOver()).isTrue();
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
