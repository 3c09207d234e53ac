package io.zoetrope.gateway;

import static io.zoetrope.gateway.GatewayRig.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.events.VideoSubmitted;
import io.zoetrope.schemas.EventException;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.registry.RestSchemaRegistry;
import io.zoetrope.schemas.serdes.EventSerdes;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaRegistryRoutesTest {
  private static final String BODY = "{\"schema\":\"{\\\"type\\\":\\\"string\\\"}\"}";

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
  void shouldServeEventsToTheirSerdes() {
    var writer = new EventSerdes(new RestSchemaRegistry(rig.uri("")));
    var reader = new EventSerdes(new RestSchemaRegistry(rig.uri("/")));
    var event = new VideoSubmitted("s", "file:/a", "a", null, Map.of("k", "v"), List.of());

    byte[] bytes = writer.serializer(Topics.VIDEOS).serialize("t", event);

    assertThat(reader.deserializer(Topics.VIDEOS).deserialize("t", bytes)).isEqualTo(event);
    assertThat(json(rig.get("/subjects"))).isEqualTo(json("[\"zoetrope.videos.v1-value\"]"));
  }

  @Test
  void shouldRefuseASchemaThatCannotReadWhatIsThere() {
    var registry = new RestSchemaRegistry(rig.uri(""));
    registry.register("s", SchemaBuilder.builder().stringType());
    Schema number = SchemaBuilder.builder().longType();

    assertThatThrownBy(() -> registry.register("s", number))
        .isInstanceOfSatisfying(
            EventException.class, e -> assertThat(e.code()).isEqualTo("SCHEMA_INCOMPATIBLE"));
  }

  @Test
  void shouldAnswerInConfluentsWay() {
    assertThat(json(rig.post("/subjects/s/versions", BODY))).isEqualTo(json("{\"id\":1}"));
    String described = "{\"subject\":\"s\",\"version\":1,\"id\":1,\"schema\":\"\\\"string\\\"\"}";

    assertThat(json(rig.get("/subjects/s/versions"))).isEqualTo(json("[1]"));
    assertThat(json(rig.get("/subjects/s/versions/1"))).isEqualTo(json(described));
    assertThat(json(rig.get("/subjects/s/versions/latest"))).isEqualTo(json(described));
    assertThat(json(rig.post("/subjects/s", BODY))).isEqualTo(json(described));
    assertThat(rig.get("/subjects/s/versions/1/schema").body()).isEqualTo("\"string\"");
    assertThat(json(rig.get("/schemas/ids/1"))).isEqualTo(json("{\"schema\":\"\\\"string\\\"\"}"));
    assertThat(json(rig.get("/schemas/ids/1/versions")))
        .isEqualTo(json("[{\"subject\":\"s\",\"version\":1}]"));
    assertThat(json(rig.get("/config")))
        .isEqualTo(json("{\"compatibilityLevel\":\"FULL_TRANSITIVE\"}"));
  }

  @Test
  void shouldTellErrorsInConfluentsWay() {
    assertError(rig.get("/subjects/none/versions"), 404, 40401);
    assertError(rig.post("/subjects/none", BODY), 404, 40401);
    assertError(rig.get("/schemas/ids/99"), 404, 40403);
    assertError(rig.post("/subjects/s/versions", "{\"schema\":\"{\"}"), 422, 42201);
    assertError(rig.post("/subjects/s/versions", "no JSON"), 422, 42201);
    rig.post("/subjects/s/versions", BODY);
    assertError(rig.get("/subjects/s/versions/2"), 404, 40402);
    assertError(rig.get("/subjects/s/versions/one"), 422, 42202);
  }

  private static void assertError(HttpResponse<String> response, int status, int code) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(json(response).at("/error_code").asInt()).isEqualTo(code);
    assertThat(json(response).at("/message").asText()).isNotEmpty();
  }
}
