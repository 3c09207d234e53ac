package io.zoetrope.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.zoetrope.cli.config.Configuration.Entry;
import io.zoetrope.cli.error.UserError;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
  @TempDir Path folder;

  @Test
  void shouldHaveTheseKeysAndDefaults() {
    assertThat(Settings.all().stream().map(s -> s.key() + "=" + s.defaultValue().orElse("")))
        .containsExactly(
            "bootstrap.servers=",
            "schema.registry.url=",
            "server.url=",
            "instance=",
            "cluster.secret=",
            "advertise.url=",
            "topology.urls=",
            "topology.standbys=0",
            "assembler.workers=",
            "assembler.urls=",
            "run.stall.timeout=2m",
            "topics.replication=",
            "data.dir=",
            "media.locations=",
            "media.store=",
            "output.dir=zoetrope-out",
            "media.limits.pixels=33423360",
            "media.limits.duration=24h",
            "media.limits.streams=64",
            "media.limits.packet=64MiB",
            "media.limits.batches=1000000",
            "media.limits.probe.size=256MiB",
            "media.limits.probe.time=20s",
            "models=",
            "model.family=",
            "model.names=",
            "model.input=",
            "device=cpu",
            "device.id=",
            "device.fp16=false",
            "device.cache=",
            "device.batch=",
            "detector.workers=",
            "detect.confidence=0.25",
            "detect.iou=0.45",
            "detect.labels=",
            "detect.drop.labels=",
            "detect.label.confidence=",
            "detect.min.size=",
            "detect.region=",
            "detect.shadow.models=",
            "models.folder=",
            "models.catalogue=",
            "models.pull=missing",
            "models.limits.size=1GiB",
            "models.limits.memory=4GiB",
            "models.limits.time=60s",
            "http.host=127.0.0.1",
            "http.port=");
  }

  @Test
  void shouldPutFlagBeforeEnvironmentBeforeFileBeforeDefault() throws Exception {
    Files.writeString(
        folder.resolve("zoetrope.properties"),
        "http.port=1\nhttp.host=::1\ndetect.iou=0.1\nkafka.security.protocol=SSL\n");
    Map<String, String> environment =
        Map.of("ZOETROPE_HTTP_PORT", "2", "ZOETROPE_HTTP_HOST", "0.0.0.0");

    Configuration configuration = load(Map.of("http.port", "3"), environment);

    assertThat(configuration.get(Settings.HTTP_PORT)).isEqualTo(3);
    assertThat(configuration.get(Settings.HTTP_HOST)).isEqualTo("0.0.0.0");
    assertThat(configuration.get(Settings.IOU)).isEqualTo(0.1f);
    assertThat(configuration.get(Settings.CONFIDENCE)).isEqualTo(0.25f);
    assertThat(configuration.find(Settings.MODELS)).isEmpty();
    assertThat(configuration.entries())
        .extracting(Entry::key, Entry::value, Entry::origin)
        .contains(
            tuple("http.port", "3", "flag"),
            tuple("http.host", "0.0.0.0", "environment"),
            tuple("detect.iou", "0.1", "file " + folder.resolve("zoetrope.properties")),
            tuple("detect.confidence", "0.25", "default"),
            tuple("data.dir", "", "unset"),
            tuple(
                "kafka.security.protocol", "SSL", "file " + folder.resolve("zoetrope.properties")));
  }

  @Test
  void shouldHandKafkaSettingsThrough() {
    Configuration configuration =
        load(
            Map.of("kafka.client.rack", "a"),
            Map.of("ZOETROPE_KAFKA_SECURITY_PROTOCOL", "SASL_SSL"));

    assertThat(configuration.kafka())
        .containsExactly(Map.entry("client.rack", "a"), Map.entry("security.protocol", "SASL_SSL"));
  }

  @Test
  void shouldTakeAPasswordAsItIs() throws Exception {
    Files.writeString(
        folder.resolve("zoetrope.properties"), "kafka.sasl.jaas.config=x p=\"a${b},c\";\n");

    assertThat(load(Map.of(), Map.of()).kafka())
        .containsEntry("sasl.jaas.config", "x p=\"a${b},c\";");
  }

  @Test
  void shouldRefuseAnUnknownKeyAndNameTheNearest() throws Exception {
    Path file = Files.writeString(folder.resolve("other.properties"), "http.prot=80\n");

    assertThatThrownBy(() -> Configuration.load(Map.of(), Map.of(), Optional.of(file), folder))
        .isInstanceOfSatisfying(
            UserError.class, e -> assertThat(e.code()).isEqualTo("CONFIG_UNKNOWN_KEY"))
        .hasMessage(
            "http.prot in "
                + file
                + " is no setting; did you mean http.port? `zoetrope config` lists them all");
  }

  @Test
  void shouldRefuseAFileThatIsNotThere() {
    assertThatThrownBy(
            () ->
                Configuration.load(Map.of(), Map.of(), Optional.of(folder.resolve("none")), folder))
        .isInstanceOfSatisfying(
            UserError.class, e -> assertThat(e.code()).isEqualTo("CONFIG_UNREADABLE"));
  }

  @Test
  void shouldWarnOfAVariableThatIsNoSetting() {
    Configuration configuration =
        load(
            Map.of(),
            Map.of("ZOETROPE_PORT_8080_TCP", "tcp://10.0.0.1", "ZOETROPE_JAVA_OPTS", "-Xmx1g"));

    assertThat(configuration.warnings())
        .containsExactly("the environment variable ZOETROPE_PORT_8080_TCP is no setting; ignored");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http.port | 65536 | a whole number from 0 to 65535",
        "http.port | http | a whole number from 0 to 65535",
        "detect.iou | 1.5 | a number from 0 to 1",
        "model.input | bgr,rgb | rgb or bgr, 0..1 or 0..255, centred, top-left or stretched, separated by commas",
        "model.input | hsv | rgb or bgr, 0..1 or 0..255, centred, top-left or stretched, separated by commas",
        "detector.workers | 0 | auto, or a whole number from 1",
        "detector.workers | some | auto, or a whole number from 1",
        "detect.iou | NaN | a number from 0 to 1",
        "device | gpu | one of auto, cpu, cuda, tensorrt, openvino, coreml",
        "device.fp16 | yes | true or false",
        "detect.labels | car,,bus | labels of the model, separated by commas",
        "detect.label.confidence | car | labels with a number from 0 to 1 each, as in car:0.5,person:0.4",
        "detect.min.size | 10 | a width and a height in pixels, as in 10x20",
        "detect.min.size | -1x5 | a width and a height in pixels, as in 10x20",
        "detect.region | 0,0,1 | at least three corners, x,y,x,y,..., each number from 0 to 1",
        "server.url | localhost:8080 | an http or https address",
        "topology.urls | http://a:1,b | http or https addresses, separated by commas",
        "media.store | http://a/b | a folder, or s3://BUCKET/PREFIX",
        "media.store | s3:bucket | a folder, or s3://BUCKET/PREFIX",
        "run.stall.timeout | 90 | a time such as 500ms, 1.5s, 5m, 2h or 7d",
        "run.stall.timeout | 1.s | a time such as 500ms, 1.5s, 5m, 2h or 7d",
        "server.url | ht tp:// | an http or https address",
      })
  void shouldRefuseAValueOfAnotherForm(String key, String value, String form) {
    assertThatThrownBy(() -> load(Map.of(key, value), Map.of()))
        .isInstanceOfSatisfying(
            UserError.class, e -> assertThat(e.code()).isEqualTo("CONFIG_INVALID"))
        .hasMessage(key + " is '" + value + "' (flag), but has to be " + form);
  }

  @ParameterizedTest
  @CsvSource({
    "500ms,PT0.5S",
    "1.5s,PT1.5S",
    "0.25 ms,PT0.00025S",
    "30s,PT30S",
    "5 m,PT5M",
    "2h,PT2H",
    "7d,PT168H"
  })
  void shouldReadDurations(String text, Duration expected) {
    assertThat(SettingType.duration().parse().apply(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "/srv/media, file:///srv/media",
    "file:///srv/media, file:///srv/media",
    "s3://bucket/a/b, s3://bucket/a/b"
  })
  void shouldReadPlacesForMedia(String text, URI expected) {
    assertThat(SettingType.store().parse().apply(text)).isEqualTo(expected);
  }

  @Test
  void shouldReadAFolderForMediaBesideTheWorkingFolder() {
    assertThat(Path.of(SettingType.store().parse().apply("media")))
        .isEqualTo(Path.of("media").toAbsolutePath());
  }

  @ParameterizedTest
  @CsvSource({"10x20,10,20", "0 x 7.5,0,7.5", "8×8,8,8"})
  void shouldReadSizesOfBoxes(String text, float width, float height) {
    assertThat(SettingType.boxSize().parse().apply(text)).isEqualTo(new BoxSize(width, height));
  }

  @ParameterizedTest
  @CsvSource({"512,512", "1B,1", "64KiB,65536", "16 MiB,16777216", "4GiB,4294967296"})
  void shouldReadSizes(String text, long bytes) {
    assertThat(SettingType.size().parse().apply(text).bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({"3 weeks", "-1s", "5", "s", "999999999999s"})
  void shouldRefuseWhatIsNoDuration(String text) {
    assertThatThrownBy(() -> SettingType.duration().parse().apply(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"16MB", "-1", "MiB", "1.5GiB"})
  void shouldRefuseWhatIsNoSize(String text) {
    assertThatThrownBy(() -> SettingType.size().parse().apply(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Configuration load(Map<String, String> flags, Map<String, String> environment) {
    return Configuration.load(flags, environment, Optional.empty(), folder);
  }
}
