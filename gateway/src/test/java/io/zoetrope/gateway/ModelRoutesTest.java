package io.zoetrope.gateway;

import static io.zoetrope.gateway.GatewayRig.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.schemas.EventException;
import io.zoetrope.schemas.ModelChoice;
import io.zoetrope.schemas.ModelLabels;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelRoutesTest {
  @TempDir Path media;

  @Test
  void shouldNameTheModelsThatAreServed() {
    try (GatewayRig rig = new GatewayRig(media)) {
      assertThat(json(rig.get("/v1/models")))
          .isEqualTo(
              json(
                  """
                  {"models":["yolo-0123456789ab","yolox-0123456789ab"],
                   "default":"yolo-0123456789ab",
                   "labels":{"yolo-0123456789ab":["person","car","bus"]},
                   "devices":{"yolo-0123456789ab":"cpu"}}
                  """));
    }
  }

  @Test
  void shouldNameNoDefaultWhereThereIsNone() {
    try (GatewayRig rig = new GatewayRig(media, withoutDefault(ModelChoice.UNDECIDED))) {
      assertThat(json(rig.get("/v1/models")).at("/models/1").asText()).isEqualTo("b-0123456789ab");
      assertThat(json(rig.get("/v1/models")).get("default").isNull()).isTrue();
    }
  }

  @ParameterizedTest(name = "{0} is answered with {1}")
  @CsvSource({"MODEL_UNDECIDED, 422", "MODEL_AWAITED, 503"})
  void shouldRefuseAnUploadThatNamesNoModelWhereThereIsNoDefault(String code, int status) {
    try (GatewayRig rig = new GatewayRig(media, withoutDefault(code))) {
      HttpResponse<String> response =
          rig.put("/v1/videos?name=a", BodyPublishers.ofString("bytes"));

      assertThat(response.statusCode()).isEqualTo(status);
      assertThat(json(response).at("/code").asText()).isEqualTo(code);
      assertThat(response.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503);
      assertThat(rig.files()).isEmpty();

      assertThat(
              rig.put("/v1/videos?name=a&modelId=b-0123456789ab", BodyPublishers.ofString("bytes"))
                  .statusCode())
          .isEqualTo(202);
    }
  }

  private static ModelChoice withoutDefault(String code) {
    return new ModelChoice() {
      @Override
      public List<String> ids() {
        return List.of("a-0123456789ab", "b-0123456789ab");
      }

      @Override
      public String defaultId() {
        throw new EventException(code, "there is no default");
      }

      @Override
      public ModelLabels labels() {
        return new ModelLabels(Map.of());
      }
    };
  }
}
