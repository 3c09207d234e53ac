package io.zoetrope.gateway;

import static io.zoetrope.gateway.GatewayRig.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.gateway.pictures.PictureException;
import io.zoetrope.gateway.pictures.PictureQuery;
import io.zoetrope.gateway.pictures.PictureQuery.View;
import io.zoetrope.gateway.pictures.RemotePictures;
import io.zoetrope.gateway.pictures.Rendered;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clips, which a player asks for piece by piece. */
class ClipRoutesTest {
  private static final byte[] VIDEO = "the video".getBytes(StandardCharsets.UTF_8);
  private static final String BYTES = "0123456789";

  @TempDir Path media;
  private final List<PictureQuery> asked = new ArrayList<>();
  private RuntimeException failure;
  private GatewayRig rig;
  private String path;
  private String clip;

  @BeforeEach
  void open() {
    rig = new GatewayRig(media, this::make);
    path =
        "/v1/videos/"
            + json(rig.put("/v1/videos?name=a.mp4", BodyPublishers.ofByteArray(VIDEO)))
                .at("/videoId")
                .asText();
    clip = path + "/clip?from=5&to=9";
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void shouldBeThereForAVideoThatWasUploadedAMomentAgo() {
    HttpResponse<String> answer = rig.get(clip + "&audio=false");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(BYTES);
    assertThat(header(answer, "Content-Type")).isEqualTo("video/mp4");
    assertThat(header(answer, "Content-Length")).isEqualTo("10");
    assertThat(header(answer, "Accept-Ranges")).isEqualTo("bytes");
    assertThat(header(answer, RemotePictures.NOTE)).isEqualTo("It is so.");
    String location = rig.publisher.submissions.get(0).getLocation();
    View view = new View(path.substring("/v1/videos/".length()), location, null, null, null);
    assertThat(asked).containsExactly(new PictureQuery.Clip(view, 5, 9, false));
  }

  @Test
  void shouldBeMadeOnceForAllWhoSeekInIt() {
    String tag = header(rig.send(head()), "ETag");
    HttpResponse<String> part = rig.send(rig.request(clip).header("Range", "bytes=3-5"));
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo("345");
    assertThat(header(part, "Content-Range")).isEqualTo("bytes 3-5/10");
    assertThat(header(part, "ETag")).isEqualTo(tag);
    assertThat(header(part, RemotePictures.NOTE)).isEqualTo("It is so.");
    assertThat(rig.send(rig.request(clip).header("Range", "bytes=-2")).body()).isEqualTo("89");
    HttpResponse<String> behind = rig.send(rig.request(clip).header("Range", "bytes=10-"));
    assertThat(behind.statusCode()).isEqualTo(416);
    assertThat(rig.send(rig.request(clip).header("If-None-Match", tag)).statusCode())
        .isEqualTo(304);
    assertThat(asked).hasSize(1);
    assertThat(rig.get(path + "/clip?from=5&to=10").body()).isEqualTo(BYTES);
    assertThat(asked).hasSize(2);
  }

  @Test
  void shouldTellOfAClipWithoutSendingIt() {
    HttpResponse<String> answer = rig.send(head());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Length")).isEqualTo("10");
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void shouldTryAgainWhatCouldNotBeMade() {
    failure = new PictureException("CLIP_TOO_LONG", "for a reason");
    HttpResponse<String> answer = rig.get(clip);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(json(answer).at("/code").asText()).isEqualTo("CLIP_TOO_LONG");
    assertThat(answer.headers().firstValue("ETag")).isEmpty();
    failure = null;
    assertThat(rig.get(clip).statusCode()).isEqualTo(200);
  }

  private Rendered make(PictureQuery query) {
    if (failure != null) {
      throw failure;
    }
    asked.add(query);
    byte[] bytes = BYTES.getBytes(StandardCharsets.UTF_8);
    return new Rendered("video/mp4", 10, null, "It is so.", new ByteArrayInputStream(bytes));
  }

  private HttpRequest.Builder head() {
    return rig.request(clip).method("HEAD", BodyPublishers.noBody());
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse(null);
  }
}
