package io.zoetrope.integration;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who may use what: each outside technology in one place, and modules that depend downwards only.
 */
class FencesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.zoetrope");

  @ParameterizedTest(name = "{0} is used by {1} alone")
  @CsvSource({
    "org.apache.fontbox, io.zoetrope.assembler.draw",
    "org.bytedeco, io.zoetrope.media",
    "ai.onnxruntime, io.zoetrope.detector.onnx",
    "org.apache.kafka.streams, io.zoetrope.topology",
    "io.javalin, io.zoetrope.gateway",
    "org.eclipse.jetty, io.zoetrope.gateway",
    "software.amazon.awssdk, io.zoetrope.store",
    "picocli, io.zoetrope.cli",
    "kafka.server, io.zoetrope.cli.broker"
  })
  void shouldKeepEachTechnologyInOnePlace(String technology, String home) {
    noClasses()
        .that()
        .resideOutsideOfPackage(home + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(technology + "..")
        .check(CLASSES);
    assertThat(CLASSES.that(resideIn(home))).as("classes in " + home).isNotEmpty();
  }

  @ParameterizedTest(name = "{0} uses no {1}")
  @CsvSource({
    "io.zoetrope.media, org.apache",
    "io.zoetrope.media, io.zoetrope.schemas",
    "io.zoetrope.store, org.apache",
    "io.zoetrope.isolation, org.apache",
    "io.zoetrope.samples, org.apache",
    "io.zoetrope.catalogue, org.apache",
    "io.zoetrope.assembler.draw, org.apache.avro",
    "io.zoetrope.assembler.draw, org.bytedeco",
    "io.zoetrope.assembler.draw, io.zoetrope.media",
    "io.zoetrope.assembler.draw, io.zoetrope.events",
    "io.zoetrope.detector.boxes, org.apache",
    "io.zoetrope.detector.boxes, org.bytedeco",
    "io.zoetrope.detector.family, org.apache",
    "io.zoetrope.topology.ledger, org.apache.kafka",
    "io.zoetrope.assembler.tracking, org.apache",
    "io.zoetrope.assembler.tracking, io.zoetrope.media",
    "io.zoetrope.assembler.tracking, io.zoetrope.events",
    "io.zoetrope.assembler.annotation, org.apache",
    "io.zoetrope.assembler.annotation, io.zoetrope.media",
    "io.zoetrope.assembler.segments, org.apache"
  })
  void shouldKeepTheDomainPlain(String domain, String technology) {
    noClasses()
        .that()
        .resideInAPackage(domain + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(technology + "..")
        .check(CLASSES);
    assertThat(CLASSES.that(resideIn(domain))).as("classes in " + domain).isNotEmpty();
  }

  @ParameterizedTest(name = "{0} depends on no module beside {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "schemas | schemas events",
        "media | media",
        "store | store",
        "isolation | isolation",
        "samples | samples media",
        "catalogue | catalogue",
        "batches | batches schemas events media store",
        "splitter | splitter batches schemas events media store isolation",
        "detector | detector batches schemas events media store isolation",
        "assembler | assembler batches schemas events media store isolation",
        "topology | topology schemas events",
        "gateway | gateway topology schemas events store"
      })
  void shouldDependDownwardsOnly(String module, String allowed) {
    String[] packages =
        Arrays.stream(allowed.split(" "))
            .map(name -> "io.zoetrope." + name + "..")
            .toArray(String[]::new);
    DescribedPredicate<JavaClass> foreign =
        JavaClass.Predicates.resideInAPackage("io.zoetrope..")
            .and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(packages)));
    noClasses()
        .that()
        .resideInAPackage("io.zoetrope." + module + "..")
        .should()
        .dependOnClassesThat(foreign)
        .check(CLASSES);
  }

  @Test
  void shouldHaveNoCyclesBetweenPackages() {
    slices().matching("io.zoetrope.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  private static DescribedPredicate<JavaClass> resideIn(String home) {
    return JavaClass.Predicates.resideInAPackage(home + "..");
  }
}
