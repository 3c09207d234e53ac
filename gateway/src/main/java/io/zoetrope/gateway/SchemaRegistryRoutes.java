package io.zoetrope.gateway;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.zoetrope.schemas.EventException;
import io.zoetrope.schemas.registry.RegisteredSchema;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/**
 * Confluent's schema registry API over the installation's own schemas, as far as serializers and
 * their tools use it. Errors are told in that API's own way.
 */
final class SchemaRegistryRoutes {
  private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final String AVRO = "AVRO";
  private static final int SUBJECT_UNKNOWN = 40401;
  private static final int VERSION_UNKNOWN = 40402;
  private static final int SCHEMA_UNKNOWN = 40403;
  private static final int SCHEMA_INCOMPATIBLE = 409;
  private static final int SCHEMA_INVALID = 42201;
  private static final int VERSION_INVALID = 42202;
  private static final int STORE_FAILED = 50001;

  private final SchemaDirectory schemas;

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record SchemaBody(String schema, String schemaType) {}

  private static final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;

    RegistryException(int code, String message) {
      super(message);
      this.code = code;
    }
  }

  SchemaRegistryRoutes(SchemaDirectory schemas) {
    this.schemas = schemas;
  }

  void addTo(RoutesConfig routes) {
    // Every version can read what any other wrote: the catalogue's own rule.
    Map<String, String> compatibility = Map.of("compatibilityLevel", "FULL_TRANSITIVE");
    routes.get("/config", http -> answer(http, compatibility));
    routes.get("/config/{subject}", http -> answer(http, compatibility));
    routes.get("/subjects", http -> answer(http, schemas.subjects()));
    routes.post("/subjects/{subject}", this::find);
    routes.get("/subjects/{subject}/versions", this::versions);
    routes.post("/subjects/{subject}/versions", this::register);
    routes.get(
        "/subjects/{subject}/versions/{version}", http -> answer(http, described(version(http))));
    routes.get(
        "/subjects/{subject}/versions/{version}/schema",
        http -> text(http, version(http).schema()));
    routes.get("/schemas/types", http -> answer(http, List.of(AVRO)));
    routes.get(
        "/schemas/ids/{id}", http -> answer(http, Map.of("schema", schemaById(http).toString())));
    routes.get("/schemas/ids/{id}/schema", http -> text(http, schemaById(http)));
    routes.get("/schemas/ids/{id}/versions", this::usesOfId);
    routes.exception(RegistryException.class, (e, http) -> fail(http, e.code, e.getMessage()));
  }

  private void find(Context http) {
    String subject = http.pathParam("subject");
    known(subject);
    answer(
        http,
        schemas
            .find(subject, schema(http))
            .map(SchemaRegistryRoutes::described)
            .orElseThrow(() -> new RegistryException(SCHEMA_UNKNOWN, "Schema not found")));
  }

  private void versions(Context http) {
    answer(http, known(http.pathParam("subject")).stream().map(RegisteredSchema::version).toList());
  }

  private void register(Context http) {
    Schema schema = schema(http);
    try {
      answer(http, Map.of("id", schemas.register(http.pathParam("subject"), schema).id()));
    } catch (EventException e) {
      throw new RegistryException(
          e.code().equals("SCHEMA_INCOMPATIBLE") ? SCHEMA_INCOMPATIBLE : STORE_FAILED,
          e.getMessage());
    }
  }

  private void usesOfId(Context http) {
    Schema schema = schemaById(http);
    answer(
        http,
        schemas.subjects().stream()
            .flatMap(subject -> schemas.find(subject, schema).stream())
            .map(use -> Map.of("subject", use.subject(), "version", use.version()))
            .toList());
  }

  private RegisteredSchema version(Context http) {
    List<RegisteredSchema> versions = known(http.pathParam("subject"));
    String wanted = http.pathParam("version");
    if (wanted.equals("latest") || wanted.equals("-1")) {
      return versions.get(versions.size() - 1);
    }
    int number = number(wanted, VERSION_INVALID);
    return versions.stream()
        .filter(version -> version.version() == number)
        .findFirst()
        .orElseThrow(
            () -> new RegistryException(VERSION_UNKNOWN, "Version " + wanted + " not found."));
  }

  private List<RegisteredSchema> known(String subject) {
    List<RegisteredSchema> versions = schemas.versions(subject);
    if (versions.isEmpty()) {
      throw new RegistryException(SUBJECT_UNKNOWN, "Subject '" + subject + "' not found.");
    }
    return versions;
  }

  private Schema schemaById(Context http) {
    String id = http.pathParam("id");
    try {
      return schemas.byId(number(id, SCHEMA_UNKNOWN));
    } catch (EventException e) {
      throw new RegistryException(SCHEMA_UNKNOWN, "Schema " + id + " not found");
    }
  }

  private static int number(String text, int code) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new RegistryException(code, text + " is no number");
    }
  }

  private static Schema schema(Context http) {
    try {
      SchemaBody body = Json.read(http.body(), SchemaBody.class);
      if (body.schema() == null) {
        throw new RegistryException(SCHEMA_INVALID, "Empty schema");
      }
      if (body.schemaType() != null && !body.schemaType().equals(AVRO)) {
        throw new RegistryException(SCHEMA_INVALID, "only Avro schemas are kept here");
      }
      return new Schema.Parser().parse(body.schema());
    } catch (JsonProcessingException | SchemaParseException e) {
      throw new RegistryException(SCHEMA_INVALID, "Invalid schema: " + e.getMessage());
    }
  }

  private static Map<String, Object> described(RegisteredSchema schema) {
    return Map.of(
        "subject",
        schema.subject(),
        "version",
        schema.version(),
        "id",
        schema.id(),
        "schema",
        schema.schema().toString());
  }

  private static void answer(Context http, Object body) {
    Json.answer(http, 200, CONTENT_TYPE, body);
  }

  private static void text(Context http, Schema schema) {
    http.contentType(CONTENT_TYPE).result(schema.toString());
  }

  private static void fail(Context http, int code, String message) {
    int status = code < 1_000 ? code : code / 100;
    Json.answer(http, status, CONTENT_TYPE, Map.of("error_code", code, "message", message));
  }
}
