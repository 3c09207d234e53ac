package io.zoetrope.cli;

import io.zoetrope.schemas.RunDefaults;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which frames of a video to look at: all of its best stream, where nothing is said. */
final class WantedFrames {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--stream",
      paramLabel = "N",
      description = "Index of the video stream in its file (default: the best one).")
  private Integer stream;

  @ArgGroup(exclusive = true)
  private Sampling sampling = new Sampling();

  private static final class Sampling {
    @Option(
        names = "--max-fps",
        paramLabel = "NUMBER",
        description =
            "Look at no more than so many frames a second of the video's own time (default: at every frame).")
    private Double maxFps;

    @Option(
        names = "--keyframes-only",
        description = "Look only at the pictures at which decoding can begin.")
    private boolean keyframesOnly;
  }

  /**
   * What was asked for, by the names of the HTTP API; nothing that wasn't.
   *
   * @throws ParameterException for a number that is out of range
   */
  Map<String, String> parameters() {
    Map<String, String> parameters = new TreeMap<>();
    wish().forEach((name, value) -> parameters.put(name, value.toString()));
    return parameters;
  }

  /**
   * Likewise, in the types of JSON, as the body of a request has them.
   *
   * @throws ParameterException for a number that is out of range
   */
  Map<String, Object> wish() {
    Map<String, Object> wish = new TreeMap<>();
    if (stream != null) {
      require(stream >= 0, "--stream has to be a whole number from 0, but is " + stream);
      wish.put("stream", stream);
    }
    Double maxFps = sampling.maxFps;
    if (maxFps != null) {
      require(
          maxFps >= RunDefaults.LOWEST_FPS && maxFps <= RunDefaults.HIGHEST_FPS,
          "--max-fps has to be a number from 0.000001 to 1000, but is " + maxFps);
      wish.put("maxFps", maxFps);
    }
    if (sampling.keyframesOnly) {
      wish.put("keyframesOnly", true);
    }
    return wish;
  }

  private void require(boolean valid, String sentence) {
    if (!valid) {
      throw new ParameterException(command.commandLine(), sentence);
    }
  }
}
