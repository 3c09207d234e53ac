package io.zoetrope.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.zoetrope.events.WantedRun;
import io.zoetrope.gateway.cluster.ClusterSecret;
import io.zoetrope.gateway.pictures.PictureException;
import io.zoetrope.gateway.pictures.PictureQuery;
import io.zoetrope.gateway.pictures.PictureQuery.Conceal;
import io.zoetrope.gateway.pictures.PictureQuery.Drawing;
import io.zoetrope.gateway.pictures.PictureQuery.Form;
import io.zoetrope.gateway.pictures.PictureQuery.Format;
import io.zoetrope.gateway.pictures.PictureQuery.View;
import io.zoetrope.gateway.pictures.Pictures;
import io.zoetrope.gateway.pictures.RemotePictures;
import io.zoetrope.gateway.pictures.Rendered;
import io.zoetrope.schemas.ModelChoice;
import io.zoetrope.schemas.ModelLabels;
import io.zoetrope.schemas.RunDefaults;
import io.zoetrope.store.FileMediaStore;
import io.zoetrope.topology.ledger.RunFilter;
import io.zoetrope.topology.ledger.RunOptions;
import io.zoetrope.topology.ledger.RunStatus;
import io.zoetrope.topology.query.Run;
import io.zoetrope.topology.query.Video;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A gateway that has its pictures made by an assembler, over HTTP. */
class PictureRoutesTest {
  private static final String VIDEO = "0123456789abcdef0123456789abcdef";
  private static final String RUN = "0123456789abcdef01234567";
  private static final String OTHER_RUN = "76543210fedcba9876543210";
  private static final String LOCATION = "file:///originals/" + VIDEO;
  private static final View PLAIN = new View(VIDEO, LOCATION, null, null, null);
  private static final View BY_RUN = new View(VIDEO, LOCATION, RUN, null, null);
  private static final Drawing DRAWING =
      new Drawing(Set.of(), 0, false, true, Conceal.NOTHING, Set.of());
  private static final View DRAWN = new View(VIDEO, LOCATION, RUN, null, DRAWING);
  private static final Form JPEG = new Form(Format.JPEG, null);
  private static final ClusterSecret SECRET = new ClusterSecret("for-tests-only");

  private static final RunDefaults DEFAULTS =
      new RunDefaults("yolo-0123456789ab", 0.25f, 0.45f, 0)
          .withModels(ModelChoice.of(List.of("yolo-0123456789ab"), new ModelLabels(Map.of())));

  @TempDir Path media;
  private final HttpClient http = HttpClient.newHttpClient();
  private final FakeQueries queries = new FakeQueries();
  private final List<PictureQuery> asked = new ArrayList<>();
  private Pictures maker;
  private OperationsServer assembler;
  private Gateway gateway;

  @BeforeEach
  void open() {
    queries.run = run(RUN, "yolo-0123456789ab", 1, 50);
    queries.video =
        new Video(
            VIDEO,
            List.of(),
            null,
            List.of(run(OTHER_RUN, "yolox-0123456789ab", 1, 5), queries.run));
    maker = query -> Rendered.of("image/jpeg", "a picture".getBytes(StandardCharsets.UTF_8), 40L);
    assembler = assembler(SECRET);
    gateway = gateway(new RemotePictures(List.of(closed(), uri(assembler.port())), SECRET));
  }

  @AfterEach
  void close() {
    gateway.close();
    assembler.close();
  }

  static Stream<Arguments> wishes() {
    return Stream.of(
        wish("frame?at=40000", new PictureQuery.Frame(PLAIN, 40_000, JPEG)),
        wish(
            "frame?at=40000&format=webp&width=640&model=yolo",
            new PictureQuery.Frame(DRAWN, 40_000, new Form(Format.WEBP, 640))),
        wish(
            "frame?at=0&run="
                + RUN
                + "&label=car&minConfidence=0.5&colours=track"
                + "&captions=false&concealed=person",
            new PictureQuery.Frame(
                new View(
                    VIDEO,
                    LOCATION,
                    RUN,
                    null,
                    new Drawing(
                        Set.of("car"), 0.5f, true, false, Conceal.PIXELATE, Set.of("person"))),
                0,
                JPEG)),
        wish("thumbnail", new PictureQuery.Poster(BY_RUN, new Form(Format.JPEG, 320))),
        wish("poster?format=png", new PictureQuery.Poster(BY_RUN, new Form(Format.PNG, null))),
        wish("contact-sheet?columns=3", new PictureQuery.ContactSheet(BY_RUN, 3, 4, JPEG)),
        wish("preview?model=yolo-0123456789ab", new PictureQuery.Preview(DRAWN, null)),
        wish("tracks/7/crop?model=yolo", new PictureQuery.TrackCrop(BY_RUN, 7, JPEG)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wishes")
  void shouldPassOnWhatIsWanted(String path, PictureQuery query) throws Exception {
    HttpResponse<String> answer = get(path);
    assertThat(answer.body()).isEqualTo("a picture");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("image/jpeg");
    assertThat(answer.headers().firstValue("Content-Length")).contains("9");
    assertThat(answer.headers().firstValue(RemotePictures.FRAME_MICROS)).contains("40");
    assertThat(asked).containsExactly(query);
  }

  @ParameterizedTest(name = "{0} is {1} {2}")
  @CsvSource({
    "frame, 400, PARAMETER_INVALID",
    "frame?at=now, 400, PARAMETER_INVALID",
    "frame?at=0&format=gif, 400, PARAMETER_INVALID",
    "frame?at=0&width=8, 400, PARAMETER_INVALID",
    "frame?at=0&conceal=blur, 400, PARAMETER_INVALID",
    "frame?at=0&model=yolo&conceal=paint, 400, PARAMETER_INVALID",
    "thumbnail?conceal=blur, 400, PARAMETER_INVALID",
    "contact-sheet?rows=13, 400, PARAMETER_INVALID",
    "tracks/none/crop, 400, PARAMETER_INVALID",
    "clip?from=9&to=9, 400, PARAMETER_INVALID",
    "clip?from=-9&to=0, 400, PARAMETER_INVALID",
    "frame?at=0&model=yolo&run=0123456789abcdef01234567, 400, PARAMETER_INVALID",
    "frame?at=0&model=other, 404, RUN_UNKNOWN",
    "frame?at=0&run=ffffffffffffffffffffffff, 404, RUN_UNKNOWN"
  })
  void shouldRefuseWhatItDoesNotUnderstand(String path, int status, String code) throws Exception {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(code(answer)).isEqualTo(code);
    assertThat(asked).isEmpty();
  }

  @Test
  void shouldKnowNoOtherVideo() throws Exception {
    queries.video = null;
    assertThat(code(get("poster"))).isEqualTo("VIDEO_UNKNOWN");
  }

  @Test
  void shouldNotMakeAgainWhatTheClientHas() throws Exception {
    String tag = get("frame?at=1&model=yolo").headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again = get("frame?at=1&model=yolo", "If-None-Match", tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(again.headers().firstValue("Content-Type")).contains("image/jpeg");
    assertThat(asked).hasSize(1);

    // The run is repaired.
    queries.run = run(RUN, "yolo-0123456789ab", 2, 50);
    queries.video = new Video(VIDEO, List.of(), null, List.of(queries.run));
    assertThat(get("frame?at=1&model=yolo", "If-None-Match", tag).statusCode()).isEqualTo(200);
    assertThat(get("frame?at=2&model=yolo", "If-None-Match", tag).statusCode()).isEqualTo(200);
  }

  @Test
  void shouldTellOfAPictureWithoutSendingIt() throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(
                    uri(gateway.port()).resolve("/v1/videos/" + VIDEO + "/frame?at=1"))
                .method("HEAD", BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Length")).contains("9");
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void shouldMeanTheDefaultRunOfAModelThatHasSeveral() throws Exception {
    WantedRun plain = WantedRun.newBuilder().setModelId("yolo-0123456789ab").build();
    String usual = new Wishes(DEFAULTS).run(VIDEO, LOCATION, plain).getRunId();
    Run more = run(OTHER_RUN, "yolo-0123456789ab", 1, 90);
    queries.video =
        new Video(VIDEO, List.of(), null, List.of(run(usual, "yolo-0123456789ab", 1, 50), more));
    assertThat(get("frame?at=1&model=yolo").statusCode()).isEqualTo(200);
    assertThat(asked.get(0).view().runId()).isEqualTo(usual);

    // Nobody says which; only what any run would do for goes by the one that saw most.
    queries.video = new Video(VIDEO, List.of(), null, List.of(queries.run, more));
    assertThat(code(get("frame?at=1&model=yolo"))).isEqualTo("RUN_UNDECIDED");
    assertThat(code(get("tracks/1/crop"))).isEqualTo("RUN_UNDECIDED");
    assertThat(get("poster").statusCode()).isEqualTo(200);
    assertThat(asked.get(1).view().runId()).isEqualTo(OTHER_RUN);
  }

  @Test
  void shouldLetOnlyWhatNoRunChangesBeKeptUnasked() throws Exception {
    assertThat(get("frame?at=1").headers().firstValue("Cache-Control"))
        .contains("private, max-age=86400");
    assertThat(get("poster").headers().firstValue("Cache-Control")).contains("private, no-cache");
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "TRACK_UNKNOWN, 404",
    "ORIGINAL_GONE, 410",
    "MEDIA_UNREADABLE, 422",
    "CLIP_TOO_LONG, 422",
    "PICTURES_BUSY, 503",
    "CLIP_UNWRITABLE, 500"
  })
  void shouldSayWhyThereIsNoPicture(String code, int status) throws Exception {
    maker =
        query -> {
          throw new PictureException(code, "for a reason");
        };
    HttpResponse<String> answer = get("poster");
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(code(answer)).isEqualTo(code);
    assertThat(answer.headers().firstValue("Cache-Control")).isNotEqualTo("private, max-age=86400");
  }

  @Test
  void shouldBeUnavailableWhereNobodyMakesPictures() throws Exception {
    gateway.close();
    gateway = gateway(null);
    assertThat(get("poster").statusCode()).isEqualTo(503);
    gateway.close();
    gateway = gateway(new RemotePictures(List.of(closed()), SECRET));
    assertThat(code(get("poster"))).isEqualTo(PictureException.UNAVAILABLE);
  }

  @Test
  void shouldAskNoAssemblerWithAnotherSecret() throws Exception {
    try (OperationsServer stranger = assembler(new ClusterSecret("another"))) {
      gateway.close();
      gateway = gateway(new RemotePictures(List.of(uri(stranger.port())), SECRET));
      assertThat(code(get("poster"))).isEqualTo(PictureException.UNAVAILABLE);
      assertThat(asked).isEmpty();
    }
  }

  private OperationsServer assembler(ClusterSecret secret) {
    Pictures recording =
        query -> {
          asked.add(query);
          return maker.make(query);
        };
    return new OperationsServer(
        "127.0.0.1",
        0,
        new Health(Map.of(), Map.of()),
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
        null,
        new InternalPictures(recording, secret));
  }

  private Gateway gateway(Pictures pictures) {
    return new Gateway(
        new GatewaySettings("127.0.0.1", 0, DEFAULTS, Map.of()),
        new GatewayServices(
            FileMediaStore.open(media, List.of()),
            queries,
            new FakePublisher(),
            new Health(Map.of(), Map.of()),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            null,
            null,
            pictures,
            media.resolve("clips")));
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(gateway.port()).resolve("/v1/videos/" + VIDEO + "/" + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static String code(HttpResponse<String> answer) throws Exception {
    return new ObjectMapper().readTree(answer.body()).path("code").asText();
  }

  private static URI uri(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Nobody listens there. */
  private static URI closed() {
    return uri(1);
  }

  private static Arguments wish(String path, PictureQuery query) {
    return Arguments.of(path, query);
  }

  private static Run run(String runId, String modelId, int revision, long processed) {
    return new Run(
        VIDEO,
        runId,
        "split-1",
        modelId,
        RunStatus.COMPLETE,
        revision,
        new RunOptions(0.25f, 0.45f, null, null, false, RunFilter.NONE),
        new Run.Frames(processed, processed, processed, 0, 0, 0),
        new Run.Batches(1, 1, 0),
        Map.of(),
        List.of(),
        null,
        null,
        null);
  }
}
