package io.zoetrope.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.events.Point;
import io.zoetrope.events.RunFilter;
import io.zoetrope.events.RunOptions;
import io.zoetrope.events.RunRequested;
import io.zoetrope.events.WantedFilter;
import io.zoetrope.events.WantedRun;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunFiltersTest {
  private static final WantedFilter NOTHING_SAID = filter().build();
  private static final RunDefaults DEFAULTS = new RunDefaults("model-a", 0.25f, 0.45f, 0);
  private static final List<Point> TRIANGLE =
      List.of(new Point(0.5f, 0.75f), new Point(0.25f, 0f), new Point(1f, 0.5f));

  @Test
  void shouldLeaveARunThatKeepsEverythingAsItWas() {
    // Given wishes that all mean the same, as nothing is left out by any of them
    List<WantedFilter> wishes = new ArrayList<>();
    wishes.add(null);
    wishes.add(NOTHING_SAID);
    wishes.add(filter().setLabels(List.of()).setDropLabels(List.of()).build());
    wishes.add(filter().setMinWidth(0f).setMinHeight(-0f).build());
    wishes.add(filter().setLabelConfidence(Map.of("car", 0.25f)).build());
    wishes.add(filter().setRegion(polygon(1, 1, 0, 1, 0, 0, 1, 0)).build());

    // When
    List<RunRequested> runs = wishes.stream().map(RunFiltersTest::run).distinct().toList();

    // Then
    assertThat(runs).hasSize(1);
    assertThat(runs.get(0).getOptions()).isEqualTo(new RunOptions(0.25f, 0.45f, null));
  }

  @Test
  void shouldBeOneRunHoweverAWishIsWritten() {
    // Given a wish, and another that differs in what makes no difference
    List<Point> otherWay = new ArrayList<>(TRIANGLE);
    Collections.reverse(otherWay);
    otherWay.add(otherWay.get(0));
    WantedFilter one =
        filter()
            .setLabels(List.of("person", "car"))
            .setLabelConfidence(Map.of("car", 0.5f))
            .setRegion(TRIANGLE)
            .build();
    WantedFilter other =
        filter()
            .setLabels(List.of("car", "person", "car", "bus"))
            .setDropLabels(List.of("bus", "dog"))
            .setLabelConfidence(Map.of("car", 0.5f, "dog", 0.9f, "person", 0.25f))
            .setRegion(otherWay)
            .build();

    // When
    RunRequested run = run(one);

    // Then
    assertThat(run(other)).isEqualTo(run);
    assertThat(run.getOptions().getFilter())
        .isEqualTo(
            new RunFilter(
                List.of("car", "person"),
                List.of(),
                Map.of("car", 0.5f),
                0f,
                0f,
                polygon(0.25f, 0f, 0.5f, 0.75f, 1f, 0.5f)));
  }

  @Test
  void shouldTakeFieldByFieldWhatTheInstallationSaysWhereTheWishDoesNot() {
    // Given
    WantedFilter installation =
        filter().setDropLabels(List.of("person")).setMinWidth(20f).setRegion(TRIANGLE).build();
    RunDefaults defaults =
        new RunDefaults("model-a", 0.25f, 0.45f, 0, installation, ModelLabels.UNKNOWN);

    // When
    WantedFilter wish = filter().setMinWidth(5f).setRegion(List.of()).build();
    RunFilter resolved = defaults.resolve("v", "file:/v", wanted(wish)).getOptions().getFilter();

    // Then
    assertThat(resolved)
        .isEqualTo(new RunFilter(List.of(), List.of("person"), Map.of(), 5f, 0f, List.of()));
  }

  @Test
  void shouldSpellAWishOutForAnInstallationWithOtherDefaults() {
    // Given
    RunDefaults here =
        new RunDefaults(
            "model-a",
            0.3f,
            0.5f,
            0,
            filter().setDropLabels(List.of("person")).build(),
            ModelLabels.UNKNOWN);
    RunDefaults elsewhere =
        new RunDefaults(
            "model-b",
            0.7f,
            0.6f,
            0,
            filter().setLabels(List.of("bus")).setMinHeight(9f).build(),
            ModelLabels.UNKNOWN);
    WantedRun wish = wanted(filter().setMinWidth(5f).build());

    // When
    RunRequested there = elsewhere.resolve("v", "file:/v", here.explicit(wish));

    // Then
    assertThat(there).isEqualTo(here.resolve("v", "file:/v", wish));
  }

  @Test
  void shouldRefuseLabelsThatTheModelIsKnownNotToHave() {
    RunDefaults defaults = knowing(NOTHING_SAID);

    for (WantedFilter wish :
        List.of(
            filter().setLabels(List.of("car", "persn")).build(),
            filter().setDropLabels(List.of("persn")).build(),
            filter().setLabelConfidence(Map.of("persn", 0.5f)).build())) {
      assertThatThrownBy(() -> defaults.explicit(wanted(wish)))
          .isInstanceOfSatisfying(
              EventException.class, e -> assertThat(e.code()).isEqualTo("LABEL_UNKNOWN"))
          .hasMessage("the model model-a has no label persn; did you mean person?");
    }
  }

  @Test
  void shouldKeepOfAnInstallationsLabelsThoseThatAModelHas() {
    // Given an installation with two models of different labels
    RunDefaults defaults = knowing(filter().setLabels(List.of("car", "square")).build());

    // When
    RunFilter ofShapes =
        defaults
            .resolve(
                "v", "file:/v", new WantedRun("shapes", null, null, null, null, false, null, null))
            .getOptions()
            .getFilter();

    // Then
    assertThat(ofShapes.getLabels()).containsExactly("square");
    assertThatThrownBy(
            () -> knowing(filter().setLabels(List.of("square")).build()).explicit(wanted(null)))
        .hasMessage(
            "the model model-a has none of the labels that are kept here, square; ask for some that it has");
  }

  @Test
  void shouldRefuseAnInstallationsLabelThatNoModelHas() {
    ModelLabels labels = knowing(NOTHING_SAID).models().labels();

    labels.requireOfAny(filter().setLabels(List.of("car", "square")).build());
    assertThatThrownBy(() -> labels.requireOfAny(filter().setLabels(List.of("sqare")).build()))
        .isInstanceOfSatisfying(
            EventException.class, e -> assertThat(e.code()).isEqualTo("LABEL_UNKNOWN"))
        .hasMessage("there is no label sqare in model-a, shapes; did you mean square?");
  }

  @Test
  void shouldRefuseFiltersThatAreNone() {
    List<String> many = IntStream.rangeClosed(0, 500).mapToObj(i -> "label " + i).toList();

    refuses(filter().setLabels(many).build(), "labels has 501 labels; 500 are the most");
    refuses(filter().setLabels(List.of(" ")).build(), "empty");
    refuses(filter().setDropLabels(List.of("a\nb")).build(), "control characters");
    refuses(filter().setDropLabels(List.of("a".repeat(101))).build(), "longer than 100");
    refuses(filter().setLabels(List.of("a")).setDropLabels(List.of("a")).build(), "leave no label");
    refuses(filter().setLabelConfidence(Map.of("a", 1.5f)).build(), "labelConfidence of a");
    refuses(filter().setMinWidth(-1f).build(), "minWidth must be a number of pixels from 0");
    refuses(filter().setMinHeight(Float.NaN).build(), "minHeight");
    refuses(filter().setMinHeight(Float.POSITIVE_INFINITY).build(), "minHeight");
    refuses(filter().setRegion(polygon(0, 0, 1, 1)).build(), "3 to 64 corners, but has 2");
    refuses(filter().setRegion(polygon(0, 0, 1, 1, 0, 0)).build(), "but has 2");
    refuses(filter().setRegion(polygon(0, 0, 0.5f, 0.5f, 1, 1)).build(), "lie on one line");
    refuses(filter().setRegion(polygon(0, 0, 1, 1, 0, 0, 1, 1)).build(), "lie on one line");
    refuses(filter().setRegion(polygon(0, 0, 1, 0, 1, 1.5f)).build(), "one is at 1.5");
    refuses(filter().setRegion(polygon(0, 0, 1, 0, 1, Float.NaN)).build(), "one is at NaN");
    refuses(
        filter()
            .setRegion(
                IntStream.range(0, 65).mapToObj(i -> new Point(i / 100f, i * i / 5000f)).toList())
            .build(),
        "has 65");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RunOptions", "WantedRun"})
  void shouldReadWhatWasWrittenBeforeThereWereFilters(String name) {
    // Given the schemas of that time
    String fields =
        name.equals("RunOptions")
            ? "{'name':'confidence','type':'float'},{'name':'iou','type':'float'}"
            : "{'name':'modelId','type':['null','string'],'default':null},"
                + "{'name':'confidence','type':['null','float'],'default':null},"
                + "{'name':'iou','type':['null','float'],'default':null},"
                + "{'name':'stream','type':['null','int'],'default':null},"
                + "{'name':'maxFps','type':['null','double'],'default':null},"
                + "{'name':'keyframesOnly','type':'boolean','default':false}";
    String then =
        "{'type':'record','name':'%s','namespace':'io.zoetrope.events','fields':[%s]}"
            .formatted(name, fields)
            .replace('\'', '"');
    Schema now =
        name.equals("RunOptions") ? RunOptions.getClassSchema() : WantedRun.getClassSchema();

    // Then
    assertThat(
            SchemaCompatibility.checkReaderWriterCompatibility(now, new Schema.Parser().parse(then))
                .getType())
        .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
  }

  private static void refuses(WantedFilter wish, String sentence) {
    assertThatThrownBy(() -> DEFAULTS.explicit(wanted(wish)))
        .isInstanceOfSatisfying(
            EventException.class, e -> assertThat(e.code()).isEqualTo("OPTION_INVALID"))
        .hasMessageContaining(sentence);
  }

  private static RunDefaults knowing(WantedFilter filter) {
    return new RunDefaults(
        "model-a",
        0.25f,
        0.45f,
        0,
        filter,
        new ModelLabels(
            Map.of("model-a", List.of("person", "car", "bus"), "shapes", List.of("square"))));
  }

  private static RunRequested run(WantedFilter wish) {
    return DEFAULTS.resolve("v", "file:/v", wanted(wish));
  }

  private static WantedRun wanted(WantedFilter filter) {
    return new WantedRun(null, null, null, null, null, false, filter, null);
  }

  private static WantedFilter.Builder filter() {
    return WantedFilter.newBuilder();
  }

  private static List<Point> polygon(float... numbers) {
    return IntStream.range(0, numbers.length / 2)
        .mapToObj(i -> new Point(numbers[2 * i], numbers[2 * i + 1]))
        .toList();
  }
}
