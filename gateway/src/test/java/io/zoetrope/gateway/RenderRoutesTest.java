package io.zoetrope.gateway;

import static io.zoetrope.gateway.GatewayRig.MODEL;
import static io.zoetrope.gateway.GatewayRig.OTHER_MODEL;
import static io.zoetrope.gateway.GatewayRig.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.zoetrope.events.ColourBy;
import io.zoetrope.events.Concealment;
import io.zoetrope.events.Point;
import io.zoetrope.events.Rational;
import io.zoetrope.events.RenderCodec;
import io.zoetrope.events.RenderEncoding;
import io.zoetrope.events.RenderPreset;
import io.zoetrope.events.RenderRequested;
import io.zoetrope.events.RenderStyle;
import io.zoetrope.events.SplitOptions;
import io.zoetrope.events.WantedRun;
import io.zoetrope.events.Zone;
import io.zoetrope.schemas.Identities;
import io.zoetrope.schemas.RunDefaults;
import io.zoetrope.store.FileMediaStore;
import io.zoetrope.store.MediaStore;
import io.zoetrope.topology.ledger.Reason;
import io.zoetrope.topology.ledger.RunFilter;
import io.zoetrope.topology.ledger.RunOptions;
import io.zoetrope.topology.ledger.RunStatus;
import io.zoetrope.topology.query.Render;
import io.zoetrope.topology.query.Render.State;
import io.zoetrope.topology.query.RenderSegments;
import io.zoetrope.topology.query.Run;
import io.zoetrope.topology.query.Video;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RenderRoutesTest {
  static final String VIDEO = "0123456789abcdef0123456789abcdef";
  static final String RENDER = "aaaaaaaaaaaaaaaaaaaaaaaa";

  private static final String RUN = "0123456789abcdef01234567";
  private static final String RENDERS = "/v1/videos/" + VIDEO + "/annotated";
  private static final String BODY =
      """
      {"labels":["car"],"minConfidence":0.5,"colours":"track","captions":false,"tracks":true,
       "trailMicros":1500000,"conceal":"BLUR","concealed":["person"],
       "zones":[{"name":"gate","corners":[[0,0],[0,1],[1,0]]}],
       "codec":"vp9","preset":"fast","audio":false}
      """;
  private static final RenderStyle STYLE =
      new RenderStyle(
          List.of("car"),
          0.5f,
          ColourBy.TRACK,
          false,
          true,
          1_500_000L,
          Concealment.BLUR,
          List.of("person"),
          List.of(
              new Zone("gate", List.of(new Point(0f, 0f), new Point(0f, 1f), new Point(1f, 0f)))));
  private static final RenderEncoding ENCODING =
      new RenderEncoding(RenderCodec.VP9, RenderPreset.FAST, false, null);

  @TempDir Path media;
  private GatewayRig rig;

  @BeforeEach
  void open() {
    rig = new GatewayRig(media);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void shouldAskForTheAnnotatedVideoOfARun() {
    know(run(RUN, MODEL));

    HttpResponse<String> response = rig.post(RENDERS + "?run=" + RUN, BODY);

    String renderId = Identities.renderId(RUN, STYLE, ENCODING, Identities.RENDERER);
    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.headers().firstValue("Location")).contains(RENDERS + "/" + renderId);
    assertThat(json(response))
        .isEqualTo(
            json(
                "{\"videoId\":\"%s\",\"renderId\":\"%s\",\"runId\":\"%s\",\"modelId\":\"%s\"}"
                    .formatted(VIDEO, renderId, RUN, MODEL)));
    assertThat(rig.publisher.renders)
        .containsExactly(
            new RenderRequested(
                VIDEO,
                renderId,
                RUN,
                "file:///originals/" + VIDEO,
                new SplitOptions(1, 0, Identities.CUTTER, new Rational(25, 2), false),
                STYLE,
                ENCODING,
                Identities.RENDERER));
  }

  @Test
  void shouldKnowAtOnceWhatItHasAccepted() {
    know(run(RUN, MODEL));
    String location = rig.post(RENDERS, BODY).headers().firstValue("Location").orElseThrow();

    JsonNode render = json(rig.get(location));

    assertThat(render.at("/state").asText()).isEqualTo("WAITING");
    assertThat(render.at("/style/zones/0/corners").toString())
        .isEqualTo("[[0.0,0.0],[0.0,1.0],[1.0,0.0]]");
    assertThat(render.at("/encoding").toString())
        .isEqualTo("{\"codec\":\"VP9\",\"preset\":\"FAST\",\"audio\":false,\"encoder\":null}");
    assertThat(json(rig.get(RENDERS)).at("/renders/0")).isEqualTo(render);
    rig.post(RENDERS, BODY);
    assertThat(rig.publisher.renders).as("once is enough").hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"WAITING,0,0", "RUNNING,2,0", "COMPLETE,2,0", "COMPLETE,1,1", "FAILED,2,1"})
  void shouldAskAgainOnlyWhereThatMakesADifference(State state, int revision, int requests) {
    know(run(RUN, MODEL));
    String renderId = json(rig.post(RENDERS, BODY)).at("/renderId").asText();
    rig.publisher.renders.clear();
    rig.queries.render = render(renderId, state, revision);

    HttpResponse<String> response = rig.post(RENDERS, BODY);

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(rig.publisher.renders).hasSize(requests);
  }

  @Test
  void shouldTakeTheOnlyRunOfAModel() {
    know(run(RUN, MODEL), run("1".repeat(24), OTHER_MODEL));

    assertThat(chosen("?model=" + OTHER_MODEL)).isEqualTo("1".repeat(24));
    assertThat(chosen("?model=" + MODEL)).isEqualTo(RUN);
    assertThat(chosen("?model=yolox")).as("by its name").isEqualTo("1".repeat(24));
  }

  @Test
  void shouldTakeTheRunWithTheDefaultsAmongSeveral() {
    String usual =
        new RunDefaults(MODEL, 0.25f, 0.45f, 0)
            .resolve(VIDEO, "file:///originals/" + VIDEO, WantedRun.newBuilder().build())
            .getRunId();
    know(run(RUN, MODEL), run(usual, MODEL), run("1".repeat(24), OTHER_MODEL));

    assertThat(chosen("")).isEqualTo(usual);
    assertThat(chosen("?model=" + MODEL)).isEqualTo(usual);
  }

  @Test
  void shouldLeaveTheChoiceAmongSeveralOthersToTheClient() {
    know(run(RUN, MODEL), run("1".repeat(24), MODEL));

    JsonNode problem = problem(rig.post(RENDERS, ""), 422, "RUN_UNDECIDED");
    assertThat(problem.at("/detail").asText()).contains(RUN, "1".repeat(24));
  }

  @Test
  void shouldSayWhichRunThereIsNot() {
    problem(rig.post(RENDERS, ""), 404, "VIDEO_UNKNOWN");
    problem(rig.get(RENDERS), 404, "VIDEO_UNKNOWN");
    problem(rig.get(RENDERS + "/" + RENDER), 404, "RENDER_UNKNOWN");
    problem(rig.get(RENDERS + "/x"), 404, "RENDER_UNKNOWN");
    know();
    problem(rig.post(RENDERS, ""), 404, "RUN_UNKNOWN");
    problem(rig.post(RENDERS + "?run=" + RUN, ""), 404, "RUN_UNKNOWN");
    problem(rig.post(RENDERS + "?run=x", ""), 404, "RUN_UNKNOWN");
    problem(rig.post(RENDERS + "?model=other", ""), 404, "RUN_UNKNOWN");
    problem(rig.post(RENDERS + "?run=" + RUN + "&model=m", ""), 400, "PARAMETER_INVALID");
    assertThat(json(rig.get(RENDERS)).at("/renders")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "{\"labels\":[null]}",
        "{\"colours\":\"rainbow\"}",
        "{\"colour\":\"track\"}",
        "{\"zones\":[{\"name\":\"a\"}]}",
        "{\"zones\":[{\"name\":\"a\",\"corners\":[[1],[2],[3]]}]}",
        "{\"trailMicros\":1.5}"
      })
  void shouldRefuseABodyThatIsNoWish(String body) {
    know(run(RUN, MODEL));

    problem(rig.post(RENDERS, body), 400, "BODY_INVALID");
    assertThat(rig.publisher.renders).isEmpty();
  }

  @Test
  void shouldRefuseAWishThatCannotBeGranted() {
    know(run(RUN, MODEL));

    problem(rig.post(RENDERS, "{\"minConfidence\":2}"), 400, "OPTION_INVALID");
    problem(rig.post(RENDERS, "{\"labels\":[\"carr\"]}"), 422, "LABEL_UNKNOWN");
    problem(
        rig.post(RENDERS, "{\"conceal\":\"BLUR\",\"concealed\":[\"persons\"]}"),
        422,
        "LABEL_UNKNOWN");
    assertThat(rig.publisher.renders).isEmpty();
  }

  @Test
  void shouldShowARender() {
    rig.queries.render = render(RENDER, State.COMPLETE, 2);
    rig.queries.behind = 3;

    HttpResponse<String> response = rig.get(RENDERS + "/" + RENDER);

    assertThat(response.headers().firstValue("Zoetrope-Stale")).contains("3");
    assertThat(json(response))
        .isEqualTo(
            json(
                """
                {"videoId":"0123456789abcdef0123456789abcdef",
                 "renderId":"aaaaaaaaaaaaaaaaaaaaaaaa","runId":"0123456789abcdef01234567",
                 "style":{"labels":["car"],"minConfidence":0.5,"colours":"TRACK",
                          "captions":false,"tracks":true,"trailMicros":1500000,
                          "conceal":"BLUR","concealed":["person"],
                          "zones":[{"name":"gate","corners":[[0.0,0.0],[0.0,1.0],[1.0,0.0]]}]},
                 "encoding":{"codec":"VP9","preset":"FAST","audio":false,"encoder":null},"renderer":1,
                 "state":"COMPLETE","revision":2,
                 "segments":{"total":3,"rendered":3,"ready":3,"readyMicros":12000000,"frames":360},
                 "failedFrames":{"count":2,"ranges":[{"first":7,"last":8,"code":"BATCH_LOST"}]},
                 "result":{"frames":360,"durationMicros":12000000,"width":1280,"height":720,
                           "sha256":"abc","sizeBytes":9,"notes":["no sound"]},
                 "failure":null}
                """));
  }

  @Test
  void shouldRemoveARenderAndItsFiles() {
    MediaStore store = FileMediaStore.open(media, List.of());
    store.keep(MediaStore.Kind.RENDERS, VIDEO + "/" + RENDER, out -> out.write(1));
    store.keep(MediaStore.Kind.RENDERS, VIDEO + "/other", out -> out.write(1));
    rig.queries.render = render(RENDER, State.RUNNING, 1);
    rig.queries.segments =
        new RenderSegments(State.RUNNING, 1, null, null, List.of(segment(0), segment(4)));

    assertThat(rig.delete(RENDERS + "/" + RENDER).statusCode()).isEqualTo(204);

    assertThat(rig.publisher.withdrawn).containsExactly(VIDEO + "/" + RENDER + "[0, 4]");
    assertThat(rig.files()).hasSize(1);
    problem(rig.delete(RENDERS + "/" + "b".repeat(24)), 404, "RENDER_UNKNOWN");
  }

  @Test
  void shouldAskForTheAnnotatedVideoOfAnUpload() {
    HttpResponse<String> response =
        rig.put(
            "/v1/videos?name=a.mp4&annotate=true&annotate.labels=car&annotate.minConfidence=0.5"
                + "&annotate.colours=track&annotate.captions=false&annotate.trailMicros=1500000"
                + "&annotate.conceal=blur&annotate.concealed=person"
                + "&annotate.zones=gate:0,0,0,1,1,0&annotate.codec=vp9&annotate.preset=fast"
                + "&annotate.audio=false",
            BodyPublishers.ofString("bytes"));

    assertThat(response.statusCode()).isEqualTo(202);
    String runId = json(response).at("/runs/0/runId").asText();
    String renderId = json(response).at("/runs/0/renderId").asText();
    assertThat(renderId)
        .isEqualTo(Identities.renderId(runId, STYLE, ENCODING, Identities.RENDERER));
    var wanted = rig.publisher.submissions.get(0).getRuns().get(0).getRender();
    assertThat(wanted.getCodec()).isEqualTo(RenderCodec.VP9);
    assertThat(wanted.getZones()).isEqualTo(STYLE.getZones());
    assertThat(wanted.getTracks()).isNull();
    String video = response.headers().firstValue("Location").orElseThrow();
    assertThat(json(rig.get(video + "/annotated/" + renderId)).at("/runId").asText())
        .isEqualTo(runId);
    assertThat(rig.publisher.renders).as("the splitter asks for it").isEmpty();
  }

  @Test
  void shouldAskForNoAnnotatedVideoUnlessThatIsWished() {
    HttpResponse<String> response =
        rig.put("/v1/videos?name=a.mp4", BodyPublishers.ofString("bytes"));

    assertThat(json(response).at("/runs/0/renderId").isNull()).isTrue();
    assertThat(rig.publisher.submissions.get(0).getRuns().get(0).getRender()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "annotate.codec=vp9,400,PARAMETER_INVALID",
    "annotate=false&annotate.labels=car,400,PARAMETER_INVALID",
    "annotate=yes,400,PARAMETER_INVALID",
    "annotate=true&annotate.codec=mpeg,400,PARAMETER_INVALID",
    "annotate=true&annotate.zones=0;1,400,PARAMETER_INVALID",
    "annotate=true&annotate.trailMicros=-1,400,OPTION_INVALID",
    "annotate=true&annotate.labels=carr,422,LABEL_UNKNOWN"
  })
  void shouldRefuseAnUploadBeforeItsBytes(String query, int status, String code) {
    problem(
        rig.put("/v1/videos?name=a.mp4&" + query, BodyPublishers.ofString("bytes")), status, code);
    assertThat(rig.files()).isEmpty();
    assertThat(rig.publisher.submissions).isEmpty();
  }

  private String chosen(String query) {
    return json(rig.post(RENDERS + query, "")).at("/runId").asText();
  }

  private void know(Run... runs) {
    rig.queries.video =
        new Video(
            VIDEO,
            List.of(new Video.Submission("s", "street.mp4", 9, Map.of(), null)),
            null,
            Arrays.asList(runs));
    rig.queries.run = runs.length == 0 ? null : runs[0];
  }

  static JsonNode problem(HttpResponse<String> response, int status, String code) {
    assertThat(json(response).at("/code").asText()).isEqualTo(code);
    assertThat(response.statusCode()).isEqualTo(status);
    return json(response);
  }

  private static Run run(String runId, String modelId) {
    return new Run(
        VIDEO,
        runId,
        "split-1",
        modelId,
        RunStatus.COMPLETE,
        2,
        new RunOptions(0.25f, 0.45f, 1, 12.5, false, RunFilter.NONE),
        new Run.Frames(360L, 360L, 360, 0, 0, 0),
        new Run.Batches(3, 3, 0),
        Map.of(),
        List.of(),
        null,
        null,
        null);
  }

  static Render render(String renderId, State state, int revision) {
    return new Render(
        VIDEO,
        renderId,
        RUN,
        Render.Style.of(STYLE),
        Render.Encoding.of(ENCODING),
        1,
        state,
        revision,
        new Render.Segments(3, 3, 3, 12_000_000, 360),
        new Render.FailedFrames(2, List.of(new Render.FailedRange(7, 8, "BATCH_LOST"))),
        state == State.COMPLETE
            ? new Render.Result(
                360, 12_000_000, 1280, 720, "file:/x", "abc", 9, List.of("no sound"))
            : null,
        state == State.FAILED ? new Reason("STORE_UNWRITABLE", "the disk is full") : null);
  }

  private static RenderSegments.Segment segment(int sequence) {
    return new RenderSegments.Segment(
        sequence, 0, 1, "file:/" + sequence, "x", 9, 1, 40_000, List.of());
  }
}
