package io.zoetrope.splitter;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.events.Rational;
import io.zoetrope.events.RunRequested;
import io.zoetrope.events.SplitCompleted;
import io.zoetrope.events.SplitEvent;
import io.zoetrope.events.SplitProgress;
import io.zoetrope.events.VideoRejected;
import io.zoetrope.events.VideoStream;
import io.zoetrope.schemas.RunDefaults;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class SplitPassTest {
  private static final RunRequested A = run("a");
  private static final RunRequested B = run("b");
  private static final SplitCompleted FACTS =
      new SplitCompleted(7, 200L, 8_000_000L, null, stream(), null);

  @Test
  void shouldStartAtTheBeginningOfANewVideo() {
    SplitPass pass = SplitPass.of(List.of(A, B), null);

    assertThat(pass).isEqualTo(new SplitPass(List.of(A, B), 0, 0, List.of(), null));
  }

  @Test
  void shouldGoOnWhereAKilledProcessStopped() {
    SplitEvent last = SplitPass.of(List.of(A, B), null).progress(5, 160, 377L);

    SplitPass resumed = SplitPass.of(List.of(A, B), last);

    assertThat(resumed.firstSequence()).isEqualTo(5);
    assertThat(resumed.framesBefore()).isEqualTo(160);
    assertThat(resumed.completed(FACTS).getRunIds()).containsExactly(A.getRunId(), B.getRunId());
  }

  @Test
  void shouldPublishNothingForARunThatHasEveryBatch() {
    SplitEvent last = SplitPass.of(List.of(A), null).completed(FACTS);

    assertThat(SplitPass.of(List.of(A), last).runs()).isEmpty();
  }

  @Test
  void shouldGoThroughAVideoAgainForAnotherRun() {
    SplitEvent first = SplitPass.of(List.of(A), null).completed(FACTS);

    SplitPass pass = SplitPass.of(List.of(A, B), first);
    SplitEvent progress = pass.progress(3, 96, null);

    assertThat(pass.runs()).containsExactly(B);
    assertThat(pass.firstSequence()).isZero();
    assertThat(((SplitProgress) progress.getState()).getCompleted())
        .as("what is known of the split stays known")
        .isEqualTo(FACTS);
    assertThat(progress.getRunIds()).containsExactly(A.getRunId(), B.getRunId());
    assertThat(SplitPass.of(List.of(B), progress).firstSequence()).isEqualTo(3);
    assertThat(SplitPass.of(List.of(B), progress).served()).containsExactly(A.getRunId());
  }

  @Test
  void shouldStartAgainWhereTheRunsAreOthersThanThoseOfAnInterruptedPass() {
    SplitEvent interrupted = SplitPass.of(List.of(A), null).progress(5, 160, null);

    assertThat(SplitPass.of(List.of(A, B), interrupted))
        .isEqualTo(new SplitPass(List.of(A, B), 0, 0, List.of(), null));
  }

  @Test
  void shouldFinishAnInterruptedPassBeforeItBeginsWithAnotherRun() {
    SplitEvent interrupted = SplitPass.of(List.of(A), null).progress(5, 160, null);
    Request<RunRequested> first = request(10, A);
    Request<RunRequested> other = request(11, B);
    Request<RunRequested> again = request(12, A);

    assertThat(SplitPass.together(List.of(first, other, again), interrupted))
        .containsExactly(first, again);
    assertThat(SplitPass.together(List.of(first, other), null)).containsExactly(first, other);
    assertThat(SplitPass.together(List.of(other), interrupted))
        .as("the interrupted run was deleted")
        .containsExactly(other);
    assertThat(SplitPass.of(List.of(A, A), interrupted).firstSequence()).isEqualTo(5);
  }

  @Test
  void shouldPublishABatchOnceForARunThatIsAskedForTwice() {
    assertThat(SplitPass.of(List.of(A, B, A), null).runs()).containsExactly(A, B);
  }

  private static Request<RunRequested> request(long offset, RunRequested run) {
    return new Request<>(offset, "split", run);
  }

  @Test
  void shouldTryARejectedVideoAgainWhenAskedAgain() {
    SplitEvent rejected =
        SplitPass.of(List.of(A), null).rejected(new Rejection("LOCATION_UNREADABLE", "gone"));

    assertThat(SplitPass.of(List.of(A), rejected).runs()).containsExactly(A);
  }

  @Test
  void shouldKeepWhatAnEarlierPassFoundWhenALaterOneIsRejected() {
    SplitEvent first = SplitPass.of(List.of(A), null).completed(FACTS);

    SplitEvent rejected =
        SplitPass.of(List.of(B), first).rejected(new Rejection("LOCATION_UNREADABLE", "gone"));

    VideoRejected state = (VideoRejected) rejected.getState();
    assertThat(state.getCompleted()).as("the record before it may be compacted").isEqualTo(FACTS);
    assertThat(state.getPendingRunIds()).containsExactly(B.getRunId());
    assertThat(SplitPass.of(List.of(A, B), rejected))
        .isEqualTo(new SplitPass(List.of(B), 0, 0, List.of(A.getRunId()), FACTS));
  }

  private static RunRequested run(String model) {
    return new RunDefaults(model, 0.25f, 0.45f, 0).resolve("v", "file:/v", List.of()).get(0);
  }

  private static VideoStream stream() {
    Rational one = new Rational(1, 1);
    return new VideoStream(
        0,
        "h264",
        0,
        "yuv420p",
        640,
        360,
        100,
        30,
        2,
        "progressive",
        24,
        8,
        "tv",
        "bt709",
        "bt709",
        "bt709",
        "left",
        one,
        one,
        one,
        ByteBuffer.allocate(0),
        List.of());
  }
}
