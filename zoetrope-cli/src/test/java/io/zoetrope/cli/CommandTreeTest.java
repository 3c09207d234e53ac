package io.zoetrope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.cli.config.Setting;
import io.zoetrope.cli.config.Settings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTreeTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "detect",
        "demo",
        "run",
        "up",
        "splitter",
        "detector",
        "topology",
        "assembler",
        "gateway",
        "topics create",
        "topics check",
        "models list",
        "models pull",
        "models remove",
        "models inspect",
        "models forget",
        "config",
        "verify",
        "dead-letters list",
        "dead-letters show",
        "dead-letters replay"
      })
  void shouldExplainEveryCommand(String command) {
    assertThat(run((command + " --help").split(" "))).isZero();

    assertThat(out.toString()).startsWith("Usage: zoetrope " + command).contains("--config=FILE");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void shouldListItsCommandsWhenNoneIsGiven() {
    assertThat(run()).isZero();

    assertThat(out.toString())
        .contains("demo", "detect", "run", "up", "splitter", "detector", "topology", "assembler")
        .contains("gateway", "topics", "models", "verify", "dead-letters", "config", "--version");
  }

  @Test
  void shouldTellItsExitStatusInTheHelp() {
    run("detect", "--help");

    assertThat(out.toString())
        .contains("0   Every video is done, no frame is missing.")
        .contains("1   Some frames failed")
        .contains("2   Wrong usage, or an input that can't be used");
  }

  @Test
  void shouldTellTheDefaultOfEveryFlagInTheHelp() {
    for (String command : List.of("detect", "up", "splitter", "topology", "gateway")) {
      run(command, "--help");
    }

    String help = out.toString().replaceAll("\\s+", " ");
    List<Setting<?>> withFlag = Settings.all().stream().filter(s -> s.flag() != null).toList();
    for (Setting<?> setting : withFlag) {
      assertThat(help).contains(setting.flag() + "=" + setting.placeholder());
      setting
          .defaultValue()
          .ifPresent(
              value ->
                  assertThat(help)
                      .contains(setting.description().substring(1) + " (default: " + value + ")."));
    }
  }

  @Test
  void shouldListEverySettingWithItsOrigin() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("a.properties"), "http.port=9000\nkafka.sasl.jaas.config=x\n");

    assertThat(run("config", "--config", file.toString())).isZero();

    assertThat(out.toString().lines())
        .hasSize(Settings.all().size() + 1)
        .anyMatch(line -> line.matches("http\\.port +9000 +file .*a\\.properties +port that .*"))
        .anyMatch(line -> line.matches("detect\\.iou +0\\.45 +default +overlap .*"))
        .anyMatch(line -> line.matches("kafka\\.sasl\\.jaas\\.config +\\(hidden\\) +file .*"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "detect | USAGE_INVALID: Missing required parameter: 'VIDEO'",
        "detect a.mp4 --modle x | USAGE_INVALID: Unknown option: '--modle'; did you mean --model?",
        "detcet a.mp4 | USAGE_INVALID: Unmatched argument",
        "detect a.mp4 --iou 2 | CONFIG_INVALID: detect.iou is '2' (flag), but has to be a number",
        "detect a.mp4 --stream -1 | USAGE_INVALID: --stream has to be a whole number from 0, but is",
        "detect a.mp4 --stream first | USAGE_INVALID: Invalid value for option '--stream'",
        "detect a.mp4 --max-fps 0 | USAGE_INVALID: --max-fps has to be a number from 0.000001 to",
        "detect a.mp4 --max-fps 1 --keyframes-only | USAGE_INVALID: --max-fps=NUMBER, --keyframes-only are mutually",
        "detect a.mp4 --annotate --trail 1.5 | USAGE_INVALID: --trail has to be a time of at most 1m, as in 1.5s, but is 1.5 (",
        "detect a.mp4 --annotate --trail 61s | USAGE_INVALID: --trail has to be a time of at most 1m, as in",
        "detect a.mp4 --trail 1s | USAGE_INVALID: how a video is annotated needs --annotate",
        "detect a.mp4 --label-confidence car | CONFIG_INVALID: detect.label.confidence is 'car' (flag), but has",
        "detect a.mp4 --lables car | USAGE_INVALID: Unknown option: '--lables'; did you mean --labels?",
        "up --port http | CONFIG_INVALID: http.port is 'http' (flag), but has to be a whole number",
        "models forget yolox_s --bootstrap-servers b:1 | MODEL_UNKNOWN: yolox_s is no model's id; give one as",
        "topics check | CONFIG_INVALID: there is no cluster to work on; name it with --bootstrap-servers",
        "topology --standbys -1 | CONFIG_INVALID: topology.standbys is '-1' (flag), but has to be a whole",
        "gateway --topology a:1 | CONFIG_INVALID: topology.urls is 'a:1' (flag), but has to be http or https",
        "splitter --media-store http://a | CONFIG_INVALID: media.store is 'http://a' (flag), but has to be a",
        "verify | CONFIG_INVALID: this needs a Kafka cluster to look into: name it with --bootstrap-servers",
        "dead-letters show | USAGE_INVALID: Missing required parameter: 'ID'",
        "dead-letters replay | USAGE_INVALID: name the letters to replay, or choose",
        "dead-letters replay topology/1/1 --all | USAGE_INVALID: name the letters to replay, or choose",
        "config --config none.properties | CONFIG_UNREADABLE: the configuration file none.prop",
      })
  void shouldRefuseWrongUsageInOneSentence(String arguments, String sentence) {
    assertThat(run(arguments.split(" "))).isEqualTo(2);

    assertThat(err.toString()).startsWith("zoetrope: " + sentence).hasLineCount(1);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void shouldRefuseToSayOfTheBundledModelWhatIsMeantForAnother() throws Exception {
    Path video = Files.createFile(folder.resolve("a.mp4"));

    assertThat(
            run(
                "detect",
                video.toString(),
                "--output",
                folder.toString(),
                "--model-input",
                "bgr,top-left"))
        .isEqualTo(2);

    assertThat(err.toString())
        .startsWith("zoetrope: CONFIG_INVALID: --model-family, --model-names and --model-input are")
        .hasLineCount(1);
  }

  @Test
  void shouldRefuseNamesThatCannotBeRead() throws Exception {
    Path video = Files.createFile(folder.resolve("a.mp4"));
    Path names = folder.resolve("none.yaml");

    assertThat(
            run(
                "detect",
                video.toString(),
                "--output",
                folder.toString(),
                "--model",
                "m.onnx",
                "--model-names",
                names.toString()))
        .isEqualTo(2);

    assertThat(err.toString())
        .isEqualTo(
            "zoetrope: MODEL_OPTION_INVALID: There is no file "
                + names
                + " with class names; check the path."
                + System.lineSeparator());
  }

  @Test
  void shouldRefuseAClusterWithoutItsSchemaRegistry() throws Exception {
    Path video = Files.createFile(folder.resolve("a.mp4"));

    assertThat(
            run(
                "detect",
                video.toString(),
                "--output",
                folder.toString(),
                "--bootstrap-servers",
                "b:9092"))
        .isEqualTo(2);

    assertThat(err.toString()).contains("zoetrope: CONFIG_INVALID: --bootstrap-servers needs");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--region 0,0,1,1 | region must have 3 to 64 corners, but has 2",
        "--region 0,0,1,0,1,2 | region must have corners within 0 and 1, but one is at 2.0",
        "--label-confidence car:2 | labelConfidence of car must lie within 0 and 1, but is 2.0",
        "--labels car --drop-labels car | labels and dropLabels leave no label; leave one of them out",
        "--labels car --drop-labels car --server http://127.0.0.1:1 | labels and dropLabels leave no",
      })
  void shouldRefuseAFilterThatIsNoneBeforeItStartsAnything(String filter, String sentence)
      throws Exception {
    Path video = Files.createFile(folder.resolve("a.mp4"));
    String arguments = "detect " + video + " --output " + folder + " " + filter;

    assertThat(run(arguments.split(" "))).isEqualTo(2);

    assertThat(err.toString()).startsWith("zoetrope: OPTION_INVALID: " + sentence).hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--device-fp16 true | cpu has no float16 of its own; export the model in float16, or take",
        "--device-id 1 | there is only one cpu",
        "--device cuda --device-cache c | cuda has nothing to keep in a folder",
      })
  void shouldRefuseOptionsThatADeviceDoesNotHave(String options, String sentence) throws Exception {
    Path video = Files.createFile(folder.resolve("a.mp4"));
    String arguments = "detect " + video + " --output " + folder + " " + options;

    assertThat(run(arguments.split(" "))).isEqualTo(2);

    assertThat(err.toString())
        .startsWith("zoetrope: CONFIG_INVALID: the device can't be used so: " + sentence)
        .hasLineCount(1);
  }

  @Test
  void shouldRefuseAnOutputFolderThatIsAFile() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    assertThat(run("detect", "a.mp4", "--output", file.toString())).isEqualTo(2);

    assertThat(err.toString()).startsWith("zoetrope: OUTPUT_UNWRITABLE: ").hasLineCount(1);
  }

  @Test
  void shouldStartNothingWhenNoVideoIsThere() {
    String video = folder.resolve("none.mp4").toString();

    assertThat(run("detect", video, "--output", folder.toString(), "--json")).isEqualTo(2);

    assertThat(err.toString())
        .isEqualTo("zoetrope: FILE_UNREADABLE: " + video + " does not exist; check its name\n");
    assertThat(out.toString())
        .startsWith("{\"videos\":[{\"file\":\"" + video + "\",\"status\":\"REJECTED\"");
  }

  @Test
  void shouldSayWhenNoServerAnswers() throws Exception {
    Path video = Files.createFile(folder.resolve("a.mp4"));

    assertThat(
            run(
                "detect",
                video.toString(),
                "--output",
                folder.toString(),
                "--server",
                "http://127.0.0.1:1"))
        .isEqualTo(2);

    assertThat(err.toString()).startsWith("zoetrope: SERVER_UNREACHABLE: ").hasLineCount(1);
  }

  private int run(String... arguments) {
    return CommandTree.create(new PrintWriter(out, true), new PrintWriter(err, true))
        .execute(arguments);
  }
}
