package io.zoetrope.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.events.FrameBatch;
import io.zoetrope.schemas.EventException;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class SchemaCatalogueTest {
  private static final String X_AND_Y =
      "{'name':'x','type':'int'},{'name':'y','type':'int','default':0}";

  private final SchemaCatalogue catalogue = new SchemaCatalogue();

  @Test
  void shouldGiveEqualSchemasOneIdAcrossSubjects() {
    int id = catalogue.register("a", record("{'name':'x','type':'int'}"));

    assertThat(catalogue.register("a", record("{'name':'x','type':'int'}"))).isEqualTo(id);
    assertThat(catalogue.register("b", record("{'name':'x','type':'int'}"))).isEqualTo(id);
    assertThat(catalogue.register("b", record(X_AND_Y))).isNotEqualTo(id);
    assertThat(catalogue.versions("b")).extracting(RegisteredSchema::version).containsExactly(1, 2);
  }

  @Test
  void shouldRefuseAVersionThatCannotReadAnEarlierOne() {
    catalogue.register("a", record("{'name':'x','type':'int'}"));
    catalogue.register("a", record(X_AND_Y));

    assertIncompatible(
        "{'name':'x','type':'int'},{'name':'z','type':'int'}",
        "can't read what was written with version 1");
    assertThat(catalogue.versions("a")).hasSize(2);
  }

  @Test
  void shouldRefuseAVersionThatEarlierReadersCannotRead() {
    catalogue.register("a", record("{'name':'x','type':'int'}"));

    assertIncompatible(
        "{'name':'y','type':'int','default':0}",
        "version 1 of a can't read what is written with the new schema");
    assertThat(catalogue.versions("a")).hasSize(1);
  }

  @Test
  void shouldAddNothingThatCouldNotBeStored() {
    assertThatThrownBy(
            () ->
                catalogue.register(
                    "a",
                    record(""),
                    added -> {
                      throw new IllegalStateException("disk full");
                    }))
        .hasMessage("disk full");
    assertThat(catalogue.subjects()).isEmpty();
  }

  @Test
  void shouldShowOtherLanguagesNothingOfJava() {
    int id = catalogue.register("a", FrameBatch.getClassSchema());

    assertThat(FrameBatch.getClassSchema().toString()).contains("avro.java");
    assertThat(catalogue.byId(id).toString()).doesNotContain("avro.java");
  }

  private void assertIncompatible(String fields, String reason) {
    assertThatThrownBy(() -> catalogue.register("a", record(fields)))
        .isInstanceOfSatisfying(
            EventException.class, e -> assertThat(e.code()).isEqualTo("SCHEMA_INCOMPATIBLE"))
        .hasMessageContaining(reason);
  }

  private static Schema record(String fields) {
    String json = "{'type':'record','name':'R','fields':[" + fields + "]}";
    return new Schema.Parser().parse(json.replace('\'', '"'));
  }
}
