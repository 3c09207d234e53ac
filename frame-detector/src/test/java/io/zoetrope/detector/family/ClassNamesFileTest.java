package io.zoetrope.detector.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.zoetrope.detector.family.ModelException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassNamesFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "coco.names | 'person\nfire hydrant\n\n no \n'",
        "data.yaml  | 'path: ../coco\nnames:\n  0: person\n  1: fire hydrant\n  2: no\nnc: 3'",
        "data.yaml  | 'nc: 3\nnames: [\"person\", fire hydrant, no] # of Roboflow'",
        "data.yml   | 'names:\n- person\n- fire hydrant\n- no'",
        "names.json | '{\"names\": {\"0\": \"person\", \"2\": \"no\", \"1\": \"fire hydrant\"}}'",
        "names.JSON | '[\"person\", \"fire hydrant\", \"no\"]'",
      })
  void shouldReadNamesAsPeopleKeepThem(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text.replace("\\n", "\n"));

    assertThat(ClassNamesFile.read(file)).containsExactly("person", "fire hydrant", "no");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "names: cat", "names: {0: a, 2: b}", "names: [", "names: []", "a: b", "\t{"})
  void shouldRefuseWhatHasNoNames(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("data.yaml"), text);

    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> ClassNamesFile.read(file))
        .withMessageStartingWith("The class names in " + file + " can't be read (")
        .withMessageEndingWith("with one name in each line, or YAML or JSON with names:.")
        .returns(Code.MODEL_OPTION_INVALID, ModelException::code);
  }

  @Test
  void shouldRefuseAFileThatIsNotThere() {
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> ClassNamesFile.read(folder))
        .withMessage("There is no file " + folder + " with class names; check the path.")
        .returns(Code.MODEL_OPTION_INVALID, ModelException::code);
  }
}
