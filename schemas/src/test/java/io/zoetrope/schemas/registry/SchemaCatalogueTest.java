package io.zoetrope.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.events.FrameBatch;
import io.zoetrope.schemas.EventException;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class SchemaCatalogueTest {
  private final SchemaCatalogue catalogue = new SchemaCatalogue();

  @Test
  void shouldGiveEqualSchemasOneIdAcrossSubjects() {
    int id = catalogue.register("a", record("{'name':'x','type':'int'}"));

    assertThat(catalogue.register("a", record("{'name':'x','type':'int'}"))).isEqualTo(id);
    assertThat(catalogue.register("b", record("{'name':'x','type':'int'}"))).isEqualTo(id);
    assertThat(catalogue.register("b", record(""))).isNotEqualTo(id);
    assertThat(catalogue.versions("b")).extracting(RegisteredSchema::version).containsExactly(1, 2);
  }

  @Test
  void shouldRefuseAVersionThatCannotReadAnEarlierOne() {
    catalogue.register("a", record("{'name':'x','type':'int'}"));
    catalogue.register("a", record("{'name':'y','type':'int','default':0}"));

    assertThatThrownBy(() -> catalogue.register("a", record("{'name':'z','type':'int'}")))
        .isInstanceOfSatisfying(
            EventException.class, e -> assertThat(e.code()).isEqualTo("SCHEMA_INCOMPATIBLE"));
    assertThat(catalogue.versions("a")).hasSize(2);
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

  private static Schema record(String fields) {
    String json = "{'type':'record','name':'R','fields':[" + fields + "]}";
    return new Schema.Parser().parse(json.replace('\'', '"'));
  }
}
