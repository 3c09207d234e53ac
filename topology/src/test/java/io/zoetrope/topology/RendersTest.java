package io.zoetrope.topology;

import static io.zoetrope.topology.Events.RUN;
import static io.zoetrope.topology.Events.VIDEO;
import static io.zoetrope.topology.RenderEvents.KEY;
import static io.zoetrope.topology.RenderEvents.RENDER;
import static io.zoetrope.topology.RenderEvents.completion;
import static io.zoetrope.topology.RenderEvents.event;
import static io.zoetrope.topology.RenderEvents.failure;
import static io.zoetrope.topology.RenderEvents.plan;
import static io.zoetrope.topology.RenderEvents.requested;
import static io.zoetrope.topology.RenderEvents.segment;
import static io.zoetrope.topology.RenderEvents.sound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.zoetrope.events.ColourBy;
import io.zoetrope.events.Concealment;
import io.zoetrope.events.RenderCodec;
import io.zoetrope.events.RenderEvent;
import io.zoetrope.events.RenderPlanned;
import io.zoetrope.events.RenderPreset;
import io.zoetrope.schemas.Keys;
import io.zoetrope.schemas.Topics;
import io.zoetrope.topology.ledger.Reason;
import io.zoetrope.topology.ledger.RunFilter.Corner;
import io.zoetrope.topology.query.Answer;
import io.zoetrope.topology.query.QueryException;
import io.zoetrope.topology.query.Render;
import io.zoetrope.topology.query.Render.FailedRange;
import io.zoetrope.topology.query.Render.State;
import io.zoetrope.topology.query.RenderSegments;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RendersTest {
  @TempDir Path folder;
  private TopologyRig rig;

  @BeforeEach
  void open() {
    rig = new TopologyRig(folder.resolve("live"));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void shouldKnowNothingOfARenderThatNobodyAskedFor() {
    become(segment(1, 0));

    assertThat(rig.queries().render(VIDEO, RENDER)).isEqualTo(Answer.current(Optional.empty()));
    assertThat(rig.queries().segments(VIDEO, RENDER, 0).value()).isEmpty();
    assertThat(rig.queries().renders(VIDEO).value().renders()).isEmpty();
  }

  @Test
  void shouldSayWhatWasAskedFor() {
    request();

    assertThat(render())
        .isEqualTo(
            new Render(
                VIDEO,
                RENDER,
                RUN,
                new Render.Style(
                    List.of("car"),
                    0.5f,
                    ColourBy.TRACK,
                    true,
                    true,
                    1_000_000,
                    Concealment.BLUR,
                    List.of("person"),
                    List.of(
                        new Render.Zone(
                            "gate",
                            List.of(new Corner(0, 0), new Corner(0, 1), new Corner(1, 0))))),
                new Render.Encoding(RenderCodec.VP9, RenderPreset.FAST, true, null),
                1,
                State.WAITING,
                0,
                new Render.Segments(null, 0, 0, 0, 0),
                new Render.FailedFrames(0, List.of()),
                null,
                null));
    assertThat(rig.queries().renders(VIDEO).value().renders()).containsExactly(render());
  }

  @Test
  void shouldTellHowFarItIs() {
    request();
    become(segment(1, 0));
    become(segment(1, 1, 5, 6, 7, 9));
    become(segment(1, 3, 10));

    Render render = render();
    assertThat(render.state()).isEqualTo(State.RUNNING);
    assertThat(render.revision()).isEqualTo(1);
    assertThat(render.segments()).isEqualTo(new Render.Segments(null, 3, 2, 8_000, 360));
    assertThat(render.segments().allRendered()).isFalse();
    assertThat(render.failedFrames())
        .isEqualTo(
            new Render.FailedFrames(
                5,
                List.of(
                    new FailedRange(5, 7, RenderEvents.FAILURE_CODE),
                    new FailedRange(9, 10, RenderEvents.FAILURE_CODE))));
    assertThat(rig.queries().renders(VIDEO).value().renders())
        .extracting(Render::failedFrames)
        .containsExactly(new Render.FailedFrames(5, List.of()));
  }

  @Test
  void shouldKnowTheSoundBeforeTheNumberOfSegments() {
    request();
    become(event(1, new RenderPlanned(null, null, sound())));

    assertThat(render().state()).isEqualTo(State.RUNNING);
    assertThat(rig.queries().segments(VIDEO, RENDER, 0).value())
        .contains(
            new RenderSegments(
                State.RUNNING,
                1,
                null,
                new RenderSegments.Sound(
                    "file:/sound", 900, List.of(new RenderSegments.Fragment(100, 4_000_000))),
                List.of()));
  }

  @Test
  void shouldTellOfSegmentsFromOneOn() {
    request();
    become(segment(1, 0));
    become(segment(1, 2, 250));
    become(event(1, plan(4)));

    assertThat(rig.queries().segments(VIDEO, RENDER, 1).value())
        .contains(
            new RenderSegments(
                State.RUNNING,
                1,
                4,
                new RenderSegments.Sound(
                    "file:/sound", 900, List.of(new RenderSegments.Fragment(100, 4_000_000))),
                List.of(
                    new RenderSegments.Segment(
                        2,
                        240,
                        120,
                        "file:/2",
                        "2",
                        5_000,
                        700,
                        4_000,
                        List.of(new FailedRange(250, 250, RenderEvents.FAILURE_CODE))))));
    assertThat(rig.queries().segments(VIDEO, RENDER, 0).value().orElseThrow().withoutGap())
        .extracting(RenderSegments.Segment::sequence)
        .containsExactly(0);
  }

  @Test
  void shouldTellHowItEnded() {
    request();
    become(segment(3, 0, 7));
    become(event(3, plan(1)));
    become(event(3, completion()));

    Render render = render();
    assertThat(render.state()).isEqualTo(State.COMPLETE);
    assertThat(render.result())
        .isEqualTo(
            new Render.Result(
                120, 4_000, 1280, 720, "file:/whole", "w", 10_000, List.of("no subtitles")));
    assertThat(render.failedFrames().count()).isEqualTo(1);
    assertThat(render.segments().allRendered()).isTrue();
    assertThat(rig.queries().segments(VIDEO, RENDER, 0).value().orElseThrow().sound())
        .as("the sound is still there")
        .isNotNull();
  }

  @Test
  void shouldTellWhyThereWillBeNone() {
    request();
    become(event(1, failure()));
    become(segment(1, 0));

    assertThat(render().state()).isEqualTo(State.FAILED);
    assertThat(render().failure()).isEqualTo(new Reason("LOCATION_NOT_FOUND", "it is gone"));
  }

  @Test
  void shouldNotCountWhatIsOfAnEarlierRevision() {
    request();
    become(segment(1, 0));
    become(segment(1, 1));
    become(event(1, plan(2)));
    become(event(1, completion()));
    become(segment(2, 1));

    assertThat(render().state()).isEqualTo(State.RUNNING);
    assertThat(render().revision()).isEqualTo(2);
    assertThat(render().result()).isNull();
    assertThat(render().segments()).isEqualTo(new Render.Segments(null, 1, 0, 0, 120));
  }

  @Test
  void shouldWriteWhatStandsAgainAfterWhatCountsLess() {
    request();
    become(segment(2, 0));
    become(event(2, plan(1)));
    become(event(2, completion()));

    become(segment(1, 0));
    become(event(1, plan(9)));
    become(event(2, failure()));

    assertThat(rig.published(Topics.RENDER_EVENTS))
        .extracting(TestRecord::key, TestRecord::value)
        .containsExactly(
            tuple(Keys.renderSegment(VIDEO, RENDER, 0), segment(2, 0)),
            tuple(KEY, event(2, completion())),
            tuple(KEY, event(2, completion())));
    assertThat(render().state()).isEqualTo(State.COMPLETE);
    assertThat(render().revision()).isEqualTo(2);
  }

  @Test
  void shouldNotTakeAPlanForTheEndOfAFailure() {
    request();
    become(event(1, failure()));
    become(event(1, plan(1)));

    assertThat(render().state()).isEqualTo(State.FAILED);
  }

  @Test
  void shouldReplaceAFailureBySuccess() {
    request();
    become(event(1, failure()));
    become(event(1, completion()));

    assertThat(render().state()).isEqualTo(State.COMPLETE);
    assertThat(render().failure()).isNull();
  }

  @Test
  void shouldForgetAFailureThatIsTakenBack() {
    request();
    become(segment(1, 0));
    become(event(1, failure()));

    rig.pipe(Topics.RENDER_EVENTS, KEY, null);
    request();

    assertThat(render().state()).isEqualTo(State.RUNNING);
    assertThat(render().segments().rendered()).isEqualTo(1);
  }

  @Test
  void shouldForgetARenderThatIsWithdrawn() {
    request();
    become(segment(1, 0));
    become(event(1, plan(1)));
    become(event(1, completion()));

    rig.pipe(Topics.RENDER_EVENTS, KEY, null);
    rig.pipe(Topics.RENDER_EVENTS, Keys.renderSegment(VIDEO, RENDER, 0), null);
    rig.pipe(Topics.RENDERS, KEY, null);

    assertThat(rig.queries().render(VIDEO, RENDER).value()).isEmpty();
    request();
    assertThat(render()).isEqualTo(Render.waiting(requested()));
  }

  @Test
  void shouldSetAsideWhatBelongsToAnotherKey() {
    rig.pipe(Topics.RENDERS, "another", requested());
    rig.pipe(Topics.RENDER_EVENTS, KEY, segment(1, 0));
    rig.pipe(Topics.RENDER_EVENTS, Keys.renderSegment(VIDEO, RENDER, 0), event(1, plan(1)));

    assertThat(rig.deadLetterKeys())
        .containsExactly("another", KEY, Keys.renderSegment(VIDEO, RENDER, 0));
  }

  @Test
  void shouldNotPassForUnknownWhatAnOutdatedCopyDoesNotKnow() {
    assertThatThrownBy(() -> rig.queriesBehind(3).render(VIDEO, RENDER))
        .isInstanceOfSatisfying(
            QueryException.class, e -> assertThat(e.code()).isEqualTo("STORES_NOT_READY"));
  }

  private void request() {
    rig.pipe(Topics.RENDERS, KEY, requested());
  }

  private void become(RenderEvent event) {
    rig.pipe(Topics.RENDER_EVENTS, RenderEventProcessor.key(event), event);
  }

  private Render render() {
    return rig.queries().render(VIDEO, RENDER).value().orElseThrow();
  }
}
