package io.zoetrope.gateway;

import static io.zoetrope.gateway.RenderRoutesTest.RENDER;
import static io.zoetrope.gateway.RenderRoutesTest.VIDEO;
import static io.zoetrope.gateway.RenderRoutesTest.problem;
import static io.zoetrope.gateway.RenderRoutesTest.render;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.store.FileMediaStore;
import io.zoetrope.store.MediaStore;
import io.zoetrope.store.StoredObject;
import io.zoetrope.topology.query.Render;
import io.zoetrope.topology.query.Render.State;
import io.zoetrope.topology.query.RenderSegments;
import io.zoetrope.topology.query.RenderSegments.Fragment;
import io.zoetrope.topology.query.RenderSegments.Segment;
import io.zoetrope.topology.query.RenderSegments.Sound;
import io.zoetrope.topology.query.Video;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RenderMediaRoutesTest {
  private static final String RENDER_PATH = "/v1/videos/" + VIDEO + "/annotated/" + RENDER + "/";
  private static final String FILE = RENDER_PATH + "video.mp4";
  private static final String BYTES = "0123456789";

  @TempDir Path media;
  private GatewayRig rig;
  private MediaStore store;

  @BeforeEach
  void open() {
    rig = new GatewayRig(media);
    store = FileMediaStore.open(media, List.of());
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void shouldServeTheFinishedVideo() {
    StoredObject file = complete();
    rig.queries.video =
        new Video(
            VIDEO,
            List.of(new Video.Submission("s", "Straße \"1\".mov", 9, Map.of(), null)),
            null,
            List.of());

    HttpResponse<String> response = rig.get(FILE);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(BYTES);
    assertThat(header(response, "Content-Type")).isEqualTo("video/mp4");
    assertThat(header(response, "Content-Length")).isEqualTo("10");
    assertThat(header(response, "Accept-Ranges")).isEqualTo("bytes");
    assertThat(header(response, "Cache-Control")).isEqualTo("no-cache");
    assertThat(header(response, "ETag")).isEqualTo('"' + file.sha256() + '"');
    assertThat(header(response, "Content-Disposition"))
        .isEqualTo(
            "inline; filename=\"Stra_e _1_.annotated.mp4\"; "
                + "filename*=UTF-8''Stra%C3%9Fe%20%221%22.annotated.mp4");
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-3,0123,bytes 0-3/10",
    "bytes=4-,456789,bytes 4-9/10",
    "bytes=-3,789,bytes 7-9/10",
    "bytes=0-,0123456789,bytes 0-9/10",
    "bytes=8-99,89,bytes 8-9/10"
  })
  void shouldServeARange(String range, String bytes, String contentRange) {
    complete();

    HttpResponse<String> response = rig.send(rig.request(FILE).header("Range", range));

    assertThat(response.statusCode()).isEqualTo(206);
    assertThat(response.body()).isEqualTo(bytes);
    assertThat(header(response, "Content-Range")).isEqualTo(contentRange);
    assertThat(header(response, "Content-Length")).isEqualTo(Integer.toString(bytes.length()));
    assertThat(header(response, "Content-Type")).isEqualTo("video/mp4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=0-1,4-5", "lines=0-1", "bytes=x-y", "bytes=3-1", "bytes"})
  void shouldServeTheWholeWhereNoOneRangeIsAskedFor(String range) {
    complete();

    HttpResponse<String> response = rig.send(rig.request(FILE).header("Range", range));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(BYTES);
  }

  @Test
  void shouldRefuseARangeBehindTheEnd() {
    complete();

    HttpResponse<String> response = rig.send(rig.request(FILE).header("Range", "bytes=10-"));

    problem(response, 416, "RANGE_INVALID");
    assertThat(header(response, "Content-Range")).isEqualTo("bytes */10");
  }

  @Test
  void shouldServeARangeOnlyOfTheFileThatIsMeant() {
    String tag = '"' + complete().sha256() + '"';

    assertThat(ifRange(tag).statusCode()).isEqualTo(206);
    assertThat(ifRange("\"another\"").statusCode()).isEqualTo(200);
    assertThat(ifRange("\"another\"").body()).isEqualTo(BYTES);
  }

  @Test
  void shouldSendNothingToWhoHasItAlready() {
    String tag = '"' + complete().sha256() + '"';

    HttpResponse<String> same =
        rig.send(rig.request(FILE).header("If-None-Match", "\"other\", W/" + tag));
    HttpResponse<String> other = rig.send(rig.request(FILE).header("If-None-Match", "\"other\""));

    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    assertThat(header(same, "ETag")).isEqualTo(tag);
    assertThat(header(same, "Content-Type")).isEqualTo("video/mp4");
    assertThat(other.statusCode()).isEqualTo(200);
  }

  @Test
  void shouldTellOfTheFileWithoutSendingIt() {
    complete();

    HttpResponse<String> response =
        rig.send(rig.request(FILE).method("HEAD", BodyPublishers.noBody()));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Content-Length")).isEqualTo("10");
    assertThat(header(response, "Accept-Ranges")).isEqualTo("bytes");
    assertThat(response.body()).isEmpty();
  }

  @Test
  void shouldSendBytesAsTheyAreWhateverIsAccepted() {
    StoredObject file =
        store.keep(
            MediaStore.Kind.RENDERS, VIDEO + "/" + RENDER, out -> out.write(new byte[9_999]));
    rig.queries.render = render(RENDER, State.RUNNING, 1);
    rig.queries.segments =
        new RenderSegments(
            State.RUNNING,
            1,
            null,
            null,
            List.of(
                new Segment(
                    0,
                    0,
                    120,
                    file.location().toString(),
                    file.sha256(),
                    9_999,
                    2,
                    4_000,
                    List.of())));

    HttpResponse<String> response =
        rig.send(rig.request(RENDER_PATH + "segments/0.mp4").header("Accept-Encoding", "gzip, br"));

    assertThat(response.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(header(response, "Content-Length")).isEqualTo("9999");
    assertThat(response.body()).isEqualTo("\0".repeat(9_999));
  }

  @Test
  void shouldSayWhyThereIsNoVideo() {
    problem(rig.get(FILE), 404, "RENDER_UNKNOWN");
    rig.queries.render = render(RENDER, State.RUNNING, 1);
    problem(rig.get(FILE), 409, "RENDER_UNFINISHED");
    rig.queries.segments = new RenderSegments(State.RUNNING, 1, null, null, List.of());
    problem(rig.get(RENDER_PATH + "index.m3u8"), 409, "RENDER_UNFINISHED");
    problem(rig.get(RENDER_PATH + "sound.m3u8"), 409, "RENDER_UNFINISHED");
    rig.queries.render = render(RENDER, State.FAILED, 1);
    assertThat(problem(rig.get(FILE), 409, "RENDER_FAILED").at("/detail").asText())
        .contains("STORE_UNWRITABLE: the disk is full");
    StoredObject gone = complete();
    store.delete(MediaStore.Kind.RENDERS, VIDEO + "/" + RENDER);
    problem(rig.get(FILE), 404, "LOCATION_NOT_FOUND");
    assertThat(gone.sizeBytes()).isEqualTo(10);
  }

  @Test
  void shouldListWhatCanBePlayedWhileItGrows() {
    rig.queries.render = render(RENDER, State.RUNNING, 1);
    rig.queries.segments =
        new RenderSegments(
            State.RUNNING,
            1,
            null,
            new Sound(
                complete().location().toString(),
                600,
                List.of(
                    new Fragment(1_000, 7_000_000),
                    new Fragment(900, 7_000_000),
                    new Fragment(800, 7_000_000))),
            List.of(segment(0), empty(1), segment(2), segment(3), segment(5)));
    rig.queries.render = render(RENDER, State.RUNNING, 1);

    HttpResponse<String> start = rig.get(RENDER_PATH + "index.m3u8");

    assertThat(header(start, "Content-Type")).isEqualTo("application/vnd.apple.mpegurl");
    assertThat(header(start, "Cache-Control")).isEqualTo("no-cache");
    assertThat(start.body())
        .isEqualTo(
            """
            #EXTM3U
            #EXT-X-VERSION:7
            #EXT-X-INDEPENDENT-SEGMENTS
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="original",DEFAULT=YES,AUTOSELECT=YES,URI="sound.m3u8"
            #EXT-X-STREAM-INF:BANDWIDTH=10252,AVERAGE-BANDWIDTH=10138,FRAME-RATE=29.970,AUDIO="sound"
            video.m3u8
            #EXT-X-STREAM-INF:BANDWIDTH=9109,AVERAGE-BANDWIDTH=9109,FRAME-RATE=29.970
            video.m3u8
            """);
    assertThat(rig.get(RENDER_PATH + "video.m3u8").body())
        .isEqualTo(
            """
            #EXTM3U
            #EXT-X-VERSION:7
            #EXT-X-TARGETDURATION:10
            #EXT-X-MEDIA-SEQUENCE:0
            #EXT-X-PLAYLIST-TYPE:EVENT
            #EXT-X-INDEPENDENT-SEGMENTS
            #EXT-X-START:TIME-OFFSET=0
            #EXT-X-MAP:URI="segments/0.mp4",BYTERANGE="700@0"
            #EXTINF:4.004000,
            #EXT-X-BYTERANGE:3859@700
            segments/0.mp4
            #EXTINF:4.004000,
            #EXT-X-BYTERANGE:3859@700
            segments/2.mp4
            #EXTINF:4.004000,
            #EXT-X-BYTERANGE:3859@700
            segments/3.mp4
            """);
    assertThat(rig.get(RENDER_PATH + "sound.m3u8").body())
        .isEqualTo(
            """
            #EXTM3U
            #EXT-X-VERSION:7
            #EXT-X-TARGETDURATION:10
            #EXT-X-MEDIA-SEQUENCE:0
            #EXT-X-PLAYLIST-TYPE:EVENT
            #EXT-X-INDEPENDENT-SEGMENTS
            #EXT-X-START:TIME-OFFSET=0
            #EXT-X-MAP:URI="sound.mp4",BYTERANGE="600@0"
            #EXTINF:7.000000,
            #EXT-X-BYTERANGE:1000@600
            sound.mp4
            #EXTINF:7.000000,
            #EXT-X-BYTERANGE:900@1600
            sound.mp4
            """);
  }

  @ParameterizedTest
  @CsvSource({"RUNNING,3,true", "RUNNING,4,false", "FAILED,4,true", "COMPLETE,3,true"})
  void shouldEndAPlaylistThatGrowsNoMore(State state, int total, boolean ended) {
    rig.queries.render = render(RENDER, state, 1);
    rig.queries.segments =
        new RenderSegments(state, 1, total, null, List.of(segment(0), segment(1), segment(2)));

    String playlist = rig.get(RENDER_PATH + "video.m3u8").body();

    assertThat(playlist.endsWith("#EXT-X-ENDLIST\n")).isEqualTo(ended);
    assertThat(rig.get(RENDER_PATH + "index.m3u8").body()).doesNotContain("sound");
    problem(rig.get(RENDER_PATH + "sound.m3u8"), 404, "ROUTE_UNKNOWN");
  }

  @ParameterizedTest
  @CsvSource({"RUNNING,,2,409", "RUNNING,,3,200", "RUNNING,2,2,200", "COMPLETE,1,1,200"})
  void shouldWaitForEnoughToBeginWith(State state, Integer total, int segments, int status) {
    rig.queries.render = render(RENDER, state, 1);
    rig.queries.segments =
        new RenderSegments(
            state, 1, total, null, IntStream.range(0, segments).mapToObj(this::segment).toList());

    assertThat(rig.get(RENDER_PATH + "index.m3u8").statusCode()).isEqualTo(status);
    assertThat(rig.get(RENDER_PATH + "video.m3u8").statusCode()).isEqualTo(status);
  }

  @Test
  void shouldServeSegmentsAndSound() {
    StoredObject file =
        store.keep(
            MediaStore.Kind.RENDERS, VIDEO + "/" + RENDER, out -> out.write(BYTES.getBytes(UTF_8)));
    String location = file.location().toString();
    rig.queries.render = render(RENDER, State.RUNNING, 1);
    rig.queries.segments =
        new RenderSegments(
            State.RUNNING,
            1,
            null,
            new Sound(location, 2, List.of(new Fragment(8, 1_000))),
            List.of(
                new Segment(0, 0, 120, location, file.sha256(), 10, 2, 4_000, List.of()),
                empty(1)));

    HttpResponse<String> segment =
        rig.send(rig.request(RENDER_PATH + "segments/0.mp4").header("Range", "bytes=2-9"));
    HttpResponse<String> sound = rig.get(RENDER_PATH + "sound.mp4");

    assertThat(segment.body()).isEqualTo("23456789");
    assertThat(header(segment, "ETag")).isEqualTo('"' + file.sha256() + '"');
    assertThat(sound.body()).isEqualTo(BYTES);
    assertThat(header(sound, "Content-Type")).isEqualTo("audio/mp4");
    assertThat(header(sound, "ETag")).isEqualTo('"' + file.sha256() + '"');
    for (String name : List.of("1.mp4", "7.mp4", "00.mp4", "0", "x.mp4")) {
      problem(rig.get(RENDER_PATH + "segments/" + name), 404, "ROUTE_UNKNOWN");
    }
  }

  private HttpResponse<String> ifRange(String tag) {
    return rig.send(rig.request(FILE).header("Range", "bytes=0-3").header("If-Range", tag));
  }

  private StoredObject complete() {
    StoredObject file =
        store.keep(
            MediaStore.Kind.RENDERS, VIDEO + "/" + RENDER, out -> out.write(BYTES.getBytes(UTF_8)));
    Render render = render(RENDER, State.COMPLETE, 1);
    rig.queries.render =
        new Render(
            render.videoId(),
            render.renderId(),
            render.runId(),
            render.style(),
            render.encoding(),
            render.renderer(),
            render.state(),
            render.revision(),
            render.segments(),
            render.failedFrames(),
            new Render.Result(
                120,
                4_000,
                1280,
                720,
                file.location().toString(),
                file.sha256(),
                file.sizeBytes(),
                List.of()),
            null);
    return file;
  }

  private Segment segment(int sequence) {
    StoredObject file =
        store.keep(
            MediaStore.Kind.RENDERS, VIDEO + "/" + RENDER, out -> out.write(BYTES.getBytes(UTF_8)));
    return new Segment(
        sequence,
        sequence * 120L,
        120,
        file.location().toString(),
        file.sha256(),
        4_559,
        700,
        4_004_000,
        List.of());
  }

  private static Segment empty(int sequence) {
    return new Segment(sequence, sequence * 120L, 0, null, null, 0, 0, 0, List.of());
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse(null);
  }
}
