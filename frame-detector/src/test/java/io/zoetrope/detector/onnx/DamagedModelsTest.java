package io.zoetrope.detector.onnx;

import static io.zoetrope.detector.TestModels.shared;
import static io.zoetrope.detector.TestModels.tiny;
import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.detector.family.ModelException;
import io.zoetrope.isolation.TrialProcess;
import io.zoetrope.isolation.TrialResult;
import io.zoetrope.isolation.TrialResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged files go the way of a stranger's model: refused with a code, or loaded. */
@Timeout(300)
class DamagedModelsTest {
  private static final long ONE_GIB = 1L << 30;

  private final TrialProcess trial = new TrialProcess(ModelTrial.class, ONE_GIB);
  private final TreeMap<String, Integer> ends = new TreeMap<>();

  @TempDir private Path folder;

  @AfterEach
  void close() {
    trial.close();
  }

  @Test
  void shouldRefuseOrLoadTruncatedModels() throws IOException {
    byte[] whole = Files.readAllBytes(tiny("colours-v8.onnx"));
    int cuts = 60;

    // All over the file, and byte by byte at its end, where the metadata are.
    IntStream.range(0, cuts).forEach(i -> load(Arrays.copyOf(whole, whole.length * i / cuts)));
    IntStream.range(1, cuts).forEach(i -> load(Arrays.copyOf(whole, whole.length - i)));

    assertThat(ends).containsKey("MODEL_INVALID").doesNotContainKeys("CRASHED", "HUNG");
  }

  @ParameterizedTest
  @ValueSource(strings = {"yolov8n_dyn.onnx", "yolox_nano_dyn.onnx"})
  void shouldRefuseTruncatedRealModels(String name) throws IOException {
    byte[] whole = Files.readAllBytes(shared("models/" + name));
    int cuts = 20;

    IntStream.range(0, cuts)
        .forEach(i -> load(Arrays.copyOf(whole, (int) ((long) whole.length * i / cuts))));

    assertThat(ends).containsOnlyKeys("MODEL_INVALID").containsValue(cuts);
  }

  @ParameterizedTest
  @ValueSource(strings = {"colours-v8.onnx", "colours-yolox.onnx"})
  void shouldRefuseOrLoadModelsWithFlippedBits(String name) throws IOException {
    byte[] whole = Files.readAllBytes(tiny(name));
    long seed = new Random().nextLong();
    System.out.println("seed of the flipped bits of " + name + ": " + seed);
    Random random = new Random(seed);

    for (int i = 0; i < 500; i++) {
      byte[] damaged = whole.clone();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      load(damaged);
    }

    System.out.println(name + " with flipped bits: " + ends);
    assertThat(ends).containsKeys("LOADED", "MODEL_INVALID").doesNotContainKey("HUNG");
  }

  /** As {@link Model#load}, but that one child tries them all. */
  private void load(byte[] bytes) {
    ends.merge(end(bytes), 1, Integer::sum);
  }

  private String end(byte[] bytes) {
    Path path = folder.resolve("damaged.onnx");
    try {
      Files.write(path, bytes);
      ModelFile file = ModelFile.open(path, ModelLimits.DEFAULT);
      ModelScreening.screen(file);
      TrialResult result =
          trial.run(
              ModelTrial.request(file),
              () -> new ByteBufferChannel(file.bytes()),
              Duration.ofSeconds(20),
              () -> false);
      if (result.death().isPresent()) {
        return result.outcome().name();
      }
      assertThat(result.outcome()).as(result.detail()).isNotEqualTo(Outcome.UNKNOWN);
      if (result.outcome() == Outcome.FAILED) {
        Optional<ModelException> refusal = ModelTrial.refusal(result.detail());
        assertThat(refusal).as(result.detail()).isPresent();
        throw refusal.get();
      }
      Model.load(path).close();
      return "LOADED";
    } catch (ModelException e) {
      assertThat(e.getMessage()).contains("damaged.onnx").endsWith(".");
      return e.code().name();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
