package io.zoetrope.cli;

import io.zoetrope.cli.config.DurationText;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whether videos are annotated as well, and how: not at all, where nothing is said. */
final class WantedAnnotation {
  private static final Duration LONGEST_TRAIL = Duration.ofMinutes(1);

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--annotate",
      description =
          "Write NAME.annotated.mp4 as well: each video with what was found drawn on it, in time with it, and with its sound.")
  private boolean annotate;

  @Option(
      names = "--codec",
      paramLabel = "h264|vp9|av1",
      description = "What annotated videos are encoded with (default: h264).")
  private String codec;

  @Option(
      names = "--preset",
      paramLabel = "fast|balanced|best",
      description = "Whether encoding is fast or good (default: balanced).")
  private String preset;

  @Option(
      names = "--encoder",
      paramLabel = "NAME",
      description =
          "A hardware encoder for --codec, as FFmpeg names it: h264_nvenc, av1_nvenc, h264_videotoolbox, ... (default: one that gives the same bytes on every machine).")
  private String encoder;

  @Option(
      names = "--colours",
      paramLabel = "label|track",
      description =
          "Whether objects of one label, or one object over time, share a colour (default: label).")
  private String colours;

  @Option(
      names = "--trail",
      paramLabel = "TIME",
      description =
          "How much of its way an object trails behind it, as in 1.5s (default: nothing).")
  private String trail;

  @Option(
      names = "--conceal",
      paramLabel = "blur|pixelate",
      description = "Make objects unrecognisable.")
  private String conceal;

  @Option(
      names = "--conceal-labels",
      paramLabel = "LABEL,...",
      description = "Which of them --conceal is for (default: all).")
  private String concealed;

  /**
   * What was asked for, by the names of the HTTP API and in the types of JSON; empty where no
   * annotated video was.
   *
   * @throws ParameterException for what isn't one of the values above, or makes no sense alone
   */
  Optional<Map<String, Object>> wish() {
    Map<String, Object> wish = new TreeMap<>();
    choice(wish, "codec", "--codec", codec, "h264", "vp9", "av1");
    choice(wish, "preset", "--preset", preset, "fast", "balanced", "best");
    if (encoder != null) {
      wish.put("encoder", encoder);
    }
    choice(wish, "colours", "--colours", colours, "label", "track");
    choice(wish, "conceal", "--conceal", conceal, "blur", "pixelate");
    if (trail != null) {
      wish.put("trailMicros", micros(trail));
    }
    if (concealed != null) {
      require(conceal != null, "--conceal-labels needs --conceal");
      wish.put("concealed", List.of(concealed.split(",", -1)));
    }
    require(annotate || wish.isEmpty(), "how a video is annotated needs --annotate");
    return annotate ? Optional.of(wish) : Optional.empty();
  }

  private long micros(String text) {
    Optional<Duration> time = DurationText.parse(text);
    require(
        time.isPresent() && time.get().compareTo(LONGEST_TRAIL) <= 0,
        "--trail has to be a time of at most 1m, as in 1.5s, but is " + text);
    return TimeUnit.MICROSECONDS.convert(time.get());
  }

  private void choice(
      Map<String, Object> wish, String name, String flag, String value, String... choices) {
    if (value != null) {
      String chosen = value.toLowerCase(Locale.ROOT);
      require(
          Arrays.asList(choices).contains(chosen),
          flag + " has to be one of " + String.join(", ", choices) + ", but is " + value);
      wish.put(name, chosen);
    }
  }

  private void require(boolean valid, String sentence) {
    if (!valid) {
      throw new ParameterException(command.commandLine(), sentence);
    }
  }
}
