package io.zoetrope.detector.onnx;

import ai.onnxruntime.OrtEnvironment;
import io.zoetrope.detector.family.ModelException;
import io.zoetrope.detector.family.ModelException.Code;
import io.zoetrope.isolation.TrialProcess;
import io.zoetrope.isolation.TrialResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a model that is new here loaded and run in a process of its own first, where it can crash,
 * hang or take all memory without harm, and remembers those that came through. Any thread.
 */
public final class ModelTrials {
  private static final Logger LOG = LoggerFactory.getLogger(ModelTrials.class);

  private final Path notes;
  private final ModelLimits limits;
  private final Class<?> main;

  /**
   * Trials within these limits.
   *
   * @param notes folder with an empty file for each model that came through; made when needed, and
   *     of no harm if lost
   */
  public ModelTrials(Path notes, ModelLimits limits) {
    this(notes, limits, ModelTrial.class);
  }

  /** With another trial, for tests. */
  ModelTrials(Path notes, ModelLimits limits, Class<?> main) {
    this.notes = notes;
    this.limits = limits;
    this.main = main;
  }

  ModelLimits limits() {
    return limits;
  }

  /**
   * Returns when a model is known to come through.
   *
   * @throws ModelException {@code MODEL_CRASHED}, {@code MODEL_TOO_COSTLY}, or whatever it is
   *     refused for when it is loaded
   */
  void require(ModelFile file) {
    Path note = notes.resolve(file.sha256() + "-" + OrtEnvironment.getEnvironment().getVersion());
    if (Files.exists(note)) {
      return;
    }
    long start = System.nanoTime();
    TrialResult result;
    try (TrialProcess process = new TrialProcess(main, limits.memory())) {
      result =
          process.run(
              ModelTrial.request(file),
              () -> new ByteBufferChannel(file.bytes()),
              limits.time(),
              () -> false);
    }
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    switch (result.outcome()) {
      case SURVIVED -> {
        LOG.info("{} came through its trial, once for all, in {} ms", file.name(), time.toMillis());
        remember(note);
      }
      case UNKNOWN -> LOG.warn("{} is loaded untried", file.name());
      case FAILED ->
          ModelTrial.refusal(result.detail())
              .ifPresent(
                  refusal -> {
                    throw refusal;
                  });
      case CRASHED ->
          throw new ModelException(
              Code.MODEL_CRASHED,
              "The model %s kills the process that loads and runs it, as a trial in one of its own has shown (it %s); export it again, and report the file."
                  .formatted(file.name(), result.detail()));
      case HUNG ->
          throw new ModelException(
              Code.MODEL_TOO_COSTLY,
              "The model %s takes more than the %d s of models.limits.time to load and to run twice; use a smaller one, or raise that."
                  .formatted(file.name(), limits.time().toSeconds()));
    }
  }

  private void remember(Path note) {
    try {
      Files.createDirectories(notes);
      Files.write(note, new byte[0]);
    } catch (IOException e) {
      LOG.warn("The model is tried again at the next start", e);
    }
  }
}
