package io.zoetrope.cli.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.cli.data.DataFolder;
import io.zoetrope.schemas.registry.LogSchemaRegistry;
import java.nio.file.Path;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records name their schema by its id alone, so an id means the same for ever. */
class SchemaIdsIT {
  private static final Schema FIRST =
      SchemaBuilder.record("Pet").fields().requiredString("name").endRecord();
  private static final Schema SECOND =
      SchemaBuilder.record("Pet").fields().requiredString("name").optionalInt("age").endRecord();
  private static final Schema OTHER = SchemaBuilder.builder().longType();

  @TempDir Path temporary;

  @Test
  void shouldMeanTheSameAfterARestartAndAnUpgrade() throws Exception {
    // Given
    int first;
    int other;
    try (DataFolder folder = DataFolder.open(temporary);
        EmbeddedBroker broker = EmbeddedBroker.start(folder);
        LogSchemaRegistry registry = open(broker)) {
      first = registry.register("pets", FIRST);
      other = registry.register("numbers", OTHER);
    }

    // When
    try (DataFolder folder = DataFolder.open(temporary);
        EmbeddedBroker broker = EmbeddedBroker.start(folder);
        LogSchemaRegistry registry = open(broker)) {
      int second = registry.register("pets", SECOND);

      // Then
      assertThat(registry.register("numbers", OTHER)).isEqualTo(other);
      assertThat(registry.register("pets", FIRST)).isEqualTo(first);
      assertThat(second).isNotIn(first, other);
      assertThat(registry.byId(first)).isEqualTo(FIRST);
      assertThat(registry.byId(other)).isEqualTo(OTHER);
      assertThat(registry.byId(second)).isEqualTo(SECOND);
      assertThat(registry.versions("pets"))
          .extracting(version -> version.id())
          .containsExactly(first, second);
    }
  }

  private static LogSchemaRegistry open(EmbeddedBroker broker) {
    return LogSchemaRegistry.open(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }
}
