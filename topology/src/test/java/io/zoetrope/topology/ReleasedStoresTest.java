package io.zoetrope.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.zoetrope.schemas.registry.SchemaCatalogue;
import io.zoetrope.topology.state.RunLedgerState;
import io.zoetrope.topology.state.SplitState;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Changelogs outlive the code that wrote them, and are read by newer and, while instances are
 * replaced, by older code. What topics hold is tested with the schemas themselves.
 */
class ReleasedStoresTest {
  private static final Path FOLDER = Path.of("released");
  private static final Map<String, Schema> TODAY =
      Map.of(
          "zoetrope.topology.runs-value", RunLedgerState.getClassSchema(),
          "zoetrope.topology.splits-value", SplitState.getClassSchema());

  @ParameterizedTest
  @ValueSource(strings = {"zoetrope.topology.runs-value", "zoetrope.topology.splits-value"})
  void shouldRegisterAfterThatOfEveryRelease(String subject) throws IOException {
    SchemaCatalogue registry = new SchemaCatalogue();
    for (Path release : releases()) {
      Path file = release.resolve(subject + ".avsc");
      if (Files.exists(file)) {
        registry.register(subject, new Schema.Parser().parse(Files.readString(file)));
      }
    }

    assertThat(registry.versions(subject)).isNotEmpty();
    assertThatCode(() -> registry.register(subject, TODAY.get(subject))).doesNotThrowAnyException();
  }

  /** Not a test: keeps today's schemas as those of the release that is named, as in schemas. */
  @Test
  @EnabledIfSystemProperty(named = "zoetrope.release", matches = "\\d+(\\.\\d+)+")
  void keepsTheSchemasOfARelease() throws IOException {
    Path folder = Files.createDirectories(FOLDER.resolve(System.getProperty("zoetrope.release")));
    SchemaCatalogue registry = new SchemaCatalogue();
    for (Map.Entry<String, Schema> store : TODAY.entrySet()) {
      Schema schema = registry.byId(registry.register(store.getKey(), store.getValue()));
      Files.writeString(
          folder.resolve(store.getKey() + ".avsc"),
          SchemaFormatter.format("json/pretty", schema) + "\n");
    }
  }

  private static List<Path> releases() throws IOException {
    try (Stream<Path> folders = Files.list(FOLDER)) {
      return folders
          .sorted(Comparator.comparing(folder -> Version.parse(folder.getFileName().toString())))
          .toList();
    }
  }
}
