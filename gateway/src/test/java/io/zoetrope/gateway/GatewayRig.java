package io.zoetrope.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.zoetrope.gateway.pictures.Pictures;
import io.zoetrope.schemas.ModelChoice;
import io.zoetrope.schemas.ModelLabels;
import io.zoetrope.schemas.RunDefaults;
import io.zoetrope.schemas.registry.RegisteredSchema;
import io.zoetrope.schemas.registry.SchemaCatalogue;
import io.zoetrope.store.FileMediaStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** A gateway on a free port, over a real media store, with nothing behind it. */
final class GatewayRig implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();
  static final String MODEL = "yolo-0123456789ab";
  static final String OTHER_MODEL = "yolox-0123456789ab";

  private static final RunDefaults DEFAULTS =
      new RunDefaults(MODEL, 0.25f, 0.45f, 0)
          .withModels(
              ModelChoice.of(
                  List.of(MODEL, OTHER_MODEL),
                  new ModelLabels(Map.of(MODEL, List.of("person", "car", "bus")))));

  final FakeQueries queries = new FakeQueries();
  final FakePublisher publisher = new FakePublisher();
  final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  final Gateway gateway;
  volatile boolean topologyAlive = true;

  private final Path media;
  private final HttpClient http = HttpClient.newHttpClient();

  GatewayRig(Path media) {
    this(media, "127.0.0.1", 0);
  }

  GatewayRig(Path media, String host, int port) {
    this(media, host, port, DEFAULTS);
  }

  /** With models of its own. */
  GatewayRig(Path media, ModelChoice models) {
    this(media, "127.0.0.1", 0, DEFAULTS.withModels(models));
  }

  /** Which has its pictures made. */
  GatewayRig(Path media, Pictures pictures) {
    this(media, "127.0.0.1", 0, DEFAULTS, pictures);
  }

  private GatewayRig(Path media, String host, int port, RunDefaults defaults) {
    this(media, host, port, defaults, null);
  }

  private GatewayRig(Path media, String host, int port, RunDefaults defaults, Pictures pictures) {
    this.media = media;
    this.gateway =
        new Gateway(
            new GatewaySettings(host, port, defaults, Map.of(MODEL, "cpu")),
            new GatewayServices(
                FileMediaStore.open(media, List.of()),
                queries,
                publisher,
                new Health(
                    Map.of("topology", () -> topologyAlive),
                    Map.of("topology", () -> topologyAlive, "producer", publisher::ready)),
                meters,
                directory(new SchemaCatalogue()),
                null,
                pictures,
                media.resolve("clips")));
  }

  HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  HttpResponse<String> put(String path, BodyPublisher body) {
    return send(request(path).PUT(body));
  }

  HttpResponse<String> post(String path, String body) {
    return send(request(path).POST(BodyPublishers.ofString(body)));
  }

  HttpResponse<String> delete(String path) {
    return send(request(path).DELETE());
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + gateway.port() + path);
  }

  static JsonNode json(HttpResponse<String> response) {
    return json(response.body());
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every file that the media store holds, finished or not. */
  List<Path> files() {
    try (Stream<Path> all = Files.walk(media)) {
      return all.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    gateway.close();
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static SchemaDirectory directory(SchemaCatalogue catalogue) {
    return new SchemaDirectory() {
      @Override
      public List<String> subjects() {
        return catalogue.subjects();
      }

      @Override
      public List<RegisteredSchema> versions(String subject) {
        return catalogue.versions(subject);
      }

      @Override
      public Optional<RegisteredSchema> find(String subject, Schema schema) {
        return catalogue.find(subject, schema);
      }

      @Override
      public RegisteredSchema register(String subject, Schema schema) {
        catalogue.register(subject, schema);
        return catalogue.find(subject, schema).orElseThrow();
      }

      @Override
      public Schema byId(int id) {
        return catalogue.byId(id);
      }
    };
  }
}
