package io.zoetrope.detector.inference;

import static io.zoetrope.detector.TestModels.tiny;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.detector.onnx.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerChoiceTest {
  @ParameterizedTest
  @CsvSource({
    "8, 10 20 40 80, 8",
    "8, 10 20 40 41, 4",
    "8, 10 20 40 30, 4",
    "8, 10 10 10 11, 8",
    "6, 10 30 50, 6",
    "1, 10, 1"
  })
  void shouldTakeTheFewestWorkersThatAreFastest(int most, String rates, int expected) {
    List<Double> measured = Arrays.stream(rates.split(" ", -1)).map(Double::valueOf).toList();
    List<Integer> tried = new ArrayList<>();

    int best =
        WorkerTrial.fastest(
            most,
            workers -> {
              tried.add(workers);
              return measured.get(tried.size() - 1);
            });

    assertThat(best).isEqualTo(expected);
    assertThat(tried).hasSameSizeAs(measured).endsWith(most).isSorted();
  }

  @Test
  void shouldMeasureWithTheModelItself() {
    try (Model model = Model.load(tiny("colours-v8.onnx"))) {
      int cores = Runtime.getRuntime().availableProcessors();

      assertThat(WorkerChoice.parse("auto").forModel(model)).isBetween(1, cores);
      assertThat(WorkerChoice.asManyAsCores().forModel(model)).isEqualTo(cores);
      assertThat(WorkerChoice.parse("7")).isEqualTo(new WorkerChoice(OptionalInt.of(7)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "many", ""})
  void shouldRefuseWhatIsNoNumberOfWorkers(String text) {
    assertThatThrownBy(() -> WorkerChoice.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
