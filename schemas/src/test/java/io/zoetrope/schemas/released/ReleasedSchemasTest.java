package io.zoetrope.schemas.released;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.schemas.EventException;
import io.zoetrope.schemas.registry.SchemaCatalogue;
import io.zoetrope.schemas.serdes.EventSerdes;
import io.zoetrope.schemas.serdes.RandomRecords;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What any release wrote, any other reads, and it says the same. */
class ReleasedSchemasTest {
  private static final int RECORDS = 200;
  private static final int HEADER_BYTES = 5;

  static Stream<Arguments> released() throws IOException {
    return Release.former().stream()
        .flatMap(
            release ->
                release.schemas().entrySet().stream()
                    .map(
                        schema ->
                            Arguments.of(release.version(), schema.getKey(), schema.getValue())));
  }

  @ParameterizedTest(name = "{1} of {0}")
  @MethodSource("released")
  void shouldReadWhatWasWritten(String version, String subject, Schema writer) {
    long seed = new Random().nextLong();
    System.out.println(subject + " of " + version + " with seed " + seed);
    SchemaCatalogue registry = new SchemaCatalogue();
    int id = registry.register(subject, writer);
    Deserializer<? extends SpecificRecord> today = today(registry, subject);

    for (IndexedRecord written : RandomRecords.of(writer, RECORDS, seed)) {
      SpecificRecord read = today.deserialize("t", RandomRecords.bytes(id, written));

      assertThat(SameValues.told(read, writer)).isEqualTo(SameValues.told(written, writer));
    }
  }

  @ParameterizedTest(name = "{1} of {0}")
  @MethodSource("released")
  void shouldWriteWhatIsRead(String version, String subject, Schema reader) throws IOException {
    long seed = new Random().nextLong();
    System.out.println(subject + " for " + version + " with seed " + seed);
    Schema writer = Release.today().schemas().get(subject);
    var former = new GenericDatumReader<IndexedRecord>(writer, reader);

    for (IndexedRecord written : RandomRecords.of(writer, RECORDS, seed)) {
      byte[] bytes = RandomRecords.bytes(1, written);
      IndexedRecord read =
          former.read(
              null,
              DecoderFactory.get()
                  .binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, null));

      assertThat(SameValues.told(read, writer)).isEqualTo(SameValues.told(written, reader));
    }
  }

  @Test
  void shouldRegisterAfterAllFormerSchemas() throws IOException {
    SchemaCatalogue registry = new SchemaCatalogue();
    for (Release release : Release.former()) {
      release.schemas().forEach(registry::register);
    }

    assertThatCode(() -> Release.today().schemas().forEach(registry::register))
        .doesNotThrowAnyException();
  }

  @Test
  void shouldKnowEverySubjectThatEverWas() throws IOException {
    assertThat(Release.former()).isNotEmpty();
    for (Release release : Release.former()) {
      assertThat(Release.today().schemas()).containsKeys(keys(release));
    }
  }

  @Test
  void shouldNoticeAFieldThatFormerReadersCannotDoWithout() throws IOException {
    SchemaCatalogue registry = new SchemaCatalogue();
    List<Release> former = Release.former();
    Schema released = former.get(former.size() - 1).schemas().get("zoetrope.videos.v1-value");
    registry.register("videos", released);
    Schema without =
        new Schema.Parser().parse(released.toString().replace("\"submissionId\"", "\"ownId\""));

    assertThatThrownBy(() -> registry.register("videos", without))
        .isInstanceOfSatisfying(
            EventException.class, e -> assertThat(e.code()).isEqualTo("SCHEMA_INCOMPATIBLE"));
  }

  /**
   * Not a test: with {@code -Dzoetrope.release=0.2} (docs/schemas.md has the whole command) it
   * keeps today's schemas as those of 0.2.
   */
  @Test
  @EnabledIfSystemProperty(named = "zoetrope.release", matches = "\\d+(\\.\\d+)+")
  void keepsTheSchemasOfARelease() throws IOException {
    new Release(System.getProperty("zoetrope.release"), Release.today().schemas()).write();
  }

  private static String[] keys(Release release) {
    return release.schemas().keySet().toArray(String[]::new);
  }

  private static Deserializer<? extends SpecificRecord> today(
      SchemaCatalogue registry, String subject) {
    return new EventSerdes(registry).serde(subject, Release.classes().get(subject)).deserializer();
  }
}
