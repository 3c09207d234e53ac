package io.zoetrope.cli.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.zoetrope.cli.error.UserError;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServedModelsTest {
  private static final List<String> SERVED =
      List.of("net-0123456789ab", "net-ba9876543210", "yolox_nano-c789161ed43c", "odd");

  @Test
  void shouldTakeAnIdOrANameThatOnlyOneHas() {
    assertThat(ServedModels.idOf("yolox_nano", SERVED)).isEqualTo("yolox_nano-c789161ed43c");
    assertThat(ServedModels.idOf("net-ba9876543210", SERVED)).isEqualTo("net-ba9876543210");
    assertThat(ServedModels.idOf("odd", SERVED)).isEqualTo("odd");
  }

  @Test
  void shouldRefuseANameThatSeveralHaveOrNone() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> ServedModels.idOf("net", SERVED))
        .satisfies(e -> assertThat(e.code()).isEqualTo("MODEL_UNKNOWN"))
        .withMessageEndingWith("choose one of net-0123456789ab, net-ba9876543210 by its id");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> ServedModels.idOf("yolox", SERVED))
        .satisfies(e -> assertThat(e.code()).isEqualTo("MODEL_UNKNOWN"))
        .withMessageContainingAll("there is no file yolox", "yolox_nano-c789161ed43c");
  }
}
