package io.zoetrope.schemas.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.zoetrope.schemas.EventException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a registry that gives whatever answer it's told to; the gateway tests a real one. */
class RestSchemaRegistryTest {
  private static final String SCHEMA = "{\"schema\":\"\\\"string\\\"\"}";

  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private volatile int status = 200;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          authorizations.add(
              String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          exchange.sendResponseHeaders(status, SCHEMA.length());
          exchange.getResponseBody().write(SCHEMA.getBytes(UTF_8));
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void shouldAskOnceForEachId() {
    RestSchemaRegistry registry = registry("");

    assertThat(registry.byId(7).getType()).isEqualTo(Schema.Type.STRING);
    assertThat(registry.byId(7).getType()).isEqualTo(Schema.Type.STRING);
    assertThat(requests).containsExactly("GET /api/schemas/ids/7");
    assertThat(authorizations).containsExactly("null");
  }

  @Test
  void shouldSendTheUserOfTheUrlAndShowHimNowhere() {
    registry("analyst:p%40ss+word@").byId(1);

    assertThat(authorizations)
        .containsExactly(
            "Basic " + Base64.getEncoder().encodeToString("analyst:p@ss+word".getBytes(UTF_8)));
    status = 500;
    assertThatThrownBy(() -> registry("analyst:p%40ss+word@").byId(1))
        .hasMessageContaining("/api/schemas/ids/1")
        .hasMessageNotContaining("analyst")
        .hasMessageNotContaining("word");
  }

  @Test
  void shouldTellAnUnknownSchemaFromARegistryThatFails() {
    assertCode(404, "SCHEMA_UNKNOWN");
    assertCode(409, "SCHEMA_INCOMPATIBLE");
    assertCode(401, "SCHEMA_REGISTRY_UNREACHABLE");
    assertCode(503, "SCHEMA_REGISTRY_UNREACHABLE");
  }

  private void assertCode(int answered, String code) {
    status = answered;
    assertThatThrownBy(() -> registry("").byId(1))
        .isInstanceOfSatisfying(EventException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private RestSchemaRegistry registry(String user) {
    return new RestSchemaRegistry(
        URI.create("http://%s127.0.0.1:%d/api/".formatted(user, server.getAddress().getPort())));
  }
}
