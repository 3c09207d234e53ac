package io.zoetrope.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whether videos are annotated as well, and how: not at all, where nothing is said. */
final class WantedAnnotation {
  private static final double MICROS = 1e6;

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
      names = "--colours",
      paramLabel = "label|track",
      description =
          "Whether objects of one label, or one object over time, share a colour (default: label).")
  private String colours;

  @Option(
      names = "--trail",
      paramLabel = "SECONDS",
      description = "How much of its way an object trails behind it (default: nothing).")
  private Double trail;

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
    choice(wish, "colours", "--colours", colours, "label", "track");
    choice(wish, "conceal", "--conceal", conceal, "blur", "pixelate");
    if (trail != null) {
      require(trail > 0 && trail <= 60, "--trail has to be from 0 to 60 seconds, but is " + trail);
      wish.put("trailMicros", Math.round(trail * MICROS));
    }
    if (concealed != null) {
      require(conceal != null, "--conceal-labels needs --conceal");
      wish.put("concealed", List.of(concealed.split(",", -1)));
    }
    require(annotate || wish.isEmpty(), "how a video is annotated needs --annotate");
    return annotate ? Optional.of(wish) : Optional.empty();
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
