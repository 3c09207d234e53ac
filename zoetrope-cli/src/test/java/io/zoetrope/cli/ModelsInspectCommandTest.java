package io.zoetrope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zoetrope.samples.Samples;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsInspectCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void shouldShowAModel() throws IOException {
    Path model = Samples.copyModel(folder);

    assertThat(run("models", "inspect", model.toString())).isZero();

    assertThat(err.toString()).isEmpty();
    assertThat(out.toString())
        .isEqualTo(
            """
            zoetrope-shapes.onnx
              model       zoetrope-shapes-58cc18dc3259
              family      ultralytics-v8, told by its metadata
              pictures    320x192, RGB, 0..1, centred; 1 at a time
              boxes       output0 float32[1, 10, 1260]
              classes     6: circle, ring, triangle, square, star, cross
              input       images float32[batch, 3, 192, 320]
              output      output0 float32[batch, 10, 1260]
              size        2.5 MB
              SHA-256     58cc18dc32598cfd3bab8093d3f44c565dd2889bbe170d23604a8de488556543
              opset       ai.onnx 16; file format 8
              written by  pytorch 1.13.0
              metadata    description = Shapes of Zoetrope's sample videos
                          imgsz = [192, 320]
                          names = {0: 'circle', 1: 'ring', 2: 'triangle', 3: 'square', 4: 'star', 5: 'cross'}
                          stride = 32
                          task = detect
            """);
  }

  @Test
  void shouldShowAModelToPrograms() throws IOException {
    Path model = Samples.copyModel(folder);

    assertThat(run("models", "inspect", "--json", model.toString())).isZero();

    JsonNode document = new ObjectMapper().readTree(out.toString());
    assertThat(document.get("family").asText()).isEqualTo("ultralytics-v8");
    assertThat(document.at("/pictures/channels").asText()).isEqualTo("RGB");
    assertThat(document.at("/inputs/0/shape/1").asInt()).isEqualTo(3);
    assertThat(document.get("bytes").asLong()).isEqualTo(Files.size(model));
    assertThat(document.has("error")).isFalse();
  }

  @Test
  void shouldShowAModelThatCannotBeUsedAndSayWhy() throws IOException {
    Path model = Samples.copyModel(folder);

    assertThat(run("models", "inspect", "--model-family", "yolov5", model.toString())).isEqualTo(2);

    assertThat(out.toString())
        .contains("  family      unusable, MODEL_OPTION_INVALID\n")
        .contains("  SHA-256 ");
    assertThat(err.toString())
        .startsWith("zoetrope: MODEL_OPTION_INVALID: The model zoetrope-shapes");
  }

  @Test
  void shouldSayWhatIsWrongWithAFileThatIsNoModel() throws IOException {
    Path file = Files.writeString(folder.resolve("page.onnx"), "<html>Not found</html>");

    assertThat(run("models", "inspect", file.toString())).isEqualTo(2);

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString())
        .isEqualTo(
            "zoetrope: MODEL_INVALID: The file page.onnx is a web page or another text; download the model again.\n");
  }

  private int run(String... arguments) {
    return CommandTree.create(new PrintWriter(out, true), new PrintWriter(err, true))
        .execute(arguments);
  }
}
