package io.zoetrope.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExactnessTest {
  private static final String ONLY = System.getProperty("zoetrope.exactness.only", "");
  private static final Map<String, Reference> REFERENCES = new ConcurrentHashMap<>();

  private static final ExactnessTable TABLE = new ExactnessTable();

  @AfterAll
  static void print() throws Exception {
    TABLE.write(Path.of("target/exactness.md"));
  }

  @ParameterizedTest(name = "{0} in batches of {1} with {2} threads")
  @MethodSource("variants")
  void shouldShowWhatASequentialDecodeShows(String name, int target, int threads) throws Exception {
    Path file = VariantStudio.file(name);
    Reference reference = REFERENCES.computeIfAbsent(name, ignored -> Reference.of(file));
    BatchedDecode actual =
        BatchedDecode.of(file, CutOptions.DEFAULT.withTargetFrames(target), threads);
    String verdict = Exactness.verdict(reference, actual);
    TABLE.add(name, target, threads, reference.pictures().size(), verdict);
    assertThat(verdict).isEqualTo("exact");
  }

  static Stream<Arguments> variants() {
    List<Arguments> rows = new ArrayList<>();
    for (Variant variant : Variant.all()) {
      if (variant.name().startsWith(ONLY)) {
        for (int target : new int[] {8, 32, 0}) {
          for (int threads : new int[] {1, 3}) {
            rows.add(Arguments.of(variant.name(), target, threads));
          }
        }
      }
    }
    return rows.stream();
  }
}
