package io.zoetrope.cli.config;

import io.zoetrope.detector.family.InputOverride;
import io.zoetrope.detector.inference.WorkerChoice;
import io.zoetrope.detector.onnx.Device;
import io.zoetrope.events.Point;
import io.zoetrope.schemas.FilterText;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * How a setting is written, and what it means.
 *
 * @param form the form, for people: "a number from 0 to 1"
 * @param placeholder the form in a line of help: {@code NUMBER}
 * @param parse throws {@link IllegalArgumentException} for what hasn't that form
 */
record SettingType<T>(String form, String placeholder, Function<String, T> parse) {
  private static final Pattern URI_FORM = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:");

  static SettingType<String> text() {
    return text("TEXT");
  }

  static SettingType<String> text(String placeholder) {
    return new SettingType<>("a text", placeholder, Function.identity());
  }

  static SettingType<Path> path(String placeholder) {
    return new SettingType<>("a path", placeholder, Path::of);
  }

  static SettingType<List<Path>> paths(String placeholder) {
    return new SettingType<>(
        "paths, separated by commas",
        placeholder,
        text -> Arrays.stream(text.split(",")).map(String::strip).map(Path::of).toList());
  }

  static SettingType<List<String>> texts(String placeholder) {
    return new SettingType<>(
        "texts, separated by commas",
        placeholder,
        text -> Arrays.stream(text.split(",")).map(String::strip).toList());
  }

  /** One of the constants of {@code type}, in lower case. */
  static <E extends Enum<E>> SettingType<E> choice(Class<E> type) {
    List<String> names =
        Arrays.stream(type.getEnumConstants())
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .toList();
    return new SettingType<>(
        String.join(" or ", names),
        String.join("|", names),
        text -> {
          if (!names.contains(text)) {
            throw new IllegalArgumentException("none of them");
          }
          return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
        });
  }

  /** A folder, by its path or as a {@code file:} URI, or a prefix in a bucket. */
  static SettingType<URI> store() {
    return new SettingType<>(
        "a folder, or s3://BUCKET/PREFIX",
        "DIR|URI",
        text -> {
          if (!URI_FORM.matcher(text).lookingAt()) {
            return Path.of(text).toAbsolutePath().normalize().toUri();
          }
          URI store = URI.create(text);
          boolean folder = "file".equals(store.getScheme()) && store.getPath() != null;
          boolean bucket = "s3".equals(store.getScheme()) && store.getAuthority() != null;
          if (!folder && !bucket) {
            throw new IllegalArgumentException("neither of them");
          }
          return store;
        });
  }

  static SettingType<List<URI>> urls() {
    SettingType<URI> one = url();
    return new SettingType<>(
        "http or https addresses, separated by commas",
        "URL,...",
        text -> Arrays.stream(text.split(",")).map(String::strip).map(one.parse()).toList());
  }

  static SettingType<URI> url() {
    return new SettingType<>(
        "an http or https address",
        "URL",
        text -> {
          URI url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
          if (url.getHost() == null
              || url.getScheme() == null
              || !url.getScheme().matches("https?")) {
            throw new IllegalArgumentException("no http address");
          }
          return url;
        });
  }

  static SettingType<Float> fraction() {
    return new SettingType<>(
        "a number from 0 to 1",
        "NUMBER",
        text -> {
          float value = Float.parseFloat(text);
          if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("out of range");
          }
          return value;
        });
  }

  static SettingType<List<String>> labels() {
    return new SettingType<>(
        "labels of the model, separated by commas", "LABEL,...", FilterText::labels);
  }

  static SettingType<Map<String, Float>> labelConfidences() {
    return new SettingType<>(
        "labels with a number from 0 to 1 each, as in car:0.5,person:0.4",
        "LABEL:NUMBER,...",
        FilterText::confidences);
  }

  static SettingType<BoxSize> boxSize() {
    return new SettingType<>(
        "a width and a height in pixels, as in 10x20", "WIDTHxHEIGHT", BoxSize::parse);
  }

  static SettingType<List<Point>> region() {
    return new SettingType<>(
        "at least three corners, x,y,x,y,..., each number from 0 to 1",
        "X,Y,X,Y,...",
        FilterText::region);
  }

  static SettingType<Device.Kind> device() {
    List<String> names = Arrays.stream(Device.Kind.values()).map(Device.Kind::toString).toList();
    return new SettingType<>(
        "one of " + String.join(", ", names),
        "NAME",
        text -> Device.Kind.valueOf(text.toUpperCase(Locale.ROOT)));
  }

  static SettingType<Boolean> flag() {
    return new SettingType<>(
        "true or false",
        "true|false",
        text -> {
          if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("another word");
          }
          return text.equals("true");
        });
  }

  static SettingType<WorkerChoice> workers() {
    return new SettingType<>("auto, or a whole number from 1", "NUMBER", WorkerChoice::parse);
  }

  static SettingType<Integer> integer(int least, int most) {
    String form =
        most == Integer.MAX_VALUE
            ? String.format(Locale.ROOT, "a whole number from %d", least)
            : String.format(Locale.ROOT, "a whole number from %d to %d", least, most);
    return new SettingType<>(
        form,
        "NUMBER",
        text -> {
          int value = Integer.parseInt(text);
          if (value < least || value > most) {
            throw new IllegalArgumentException("out of range");
          }
          return value;
        });
  }

  static SettingType<InputOverride> input() {
    return new SettingType<>(
        "rgb or bgr, 0..1 or 0..255, centred, top-left or stretched, separated by commas",
        "FORM,...",
        InputOverride::parse);
  }

  static SettingType<Duration> duration() {
    return new SettingType<>(
        "a time such as 500ms, 1.5s, 5m, 2h or 7d",
        "TIME",
        text ->
            DurationText.parse(text).orElseThrow(() -> new IllegalArgumentException("no time")));
  }

  static SettingType<DataSize> size() {
    return new SettingType<>("a size such as 512KiB, 16MiB or 4GiB", "SIZE", DataSize::parse);
  }
}
