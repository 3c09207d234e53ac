package io.zoetrope.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zoetrope.cli.client.ApiException;
import io.zoetrope.cli.client.Run;
import io.zoetrope.cli.client.Upload;
import io.zoetrope.cli.client.ZoetropeClient;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.media.Rational;
import io.zoetrope.media.VideoEncoder;
import io.zoetrope.samples.Scene;
import io.zoetrope.schemas.BatchHeaders;
import io.zoetrope.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;

/**
 * Videos to be detected while something breaks. There are few kinds of them, and each upload is
 * another video: the same frames behind other bytes, so that what is to come of it is known.
 */
final class Workload {
  static final int FRAMES = 320;

  /** The cutter makes no batches of whole GOPs that are shorter. */
  static final int FRAMES_A_BATCH = 32;

  private static final int SCENES = 3;
  private static final int BIT_RATE = 500_000;
  private static final int BOX_BYTES = 16;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Path folder;
  private final List<Kind> whole = new ArrayList<>();
  private final Kind sampled;
  private long uploads;

  /**
   * What uploads have in common.
   *
   * @param video MP4
   * @param options of the run, as the upload's query has them
   */
  record Kind(Path video, Map<String, String> options) {}

  /** A run that was asked for. */
  record Wanted(Kind kind, String videoId, String runId) {}

  /** For a cluster whose detectors are ready. */
  Workload(Path folder, ZoetropeClient client) throws IOException {
    this.folder = Files.createDirectories(folder);
    String model = modelId(client, "zoetrope-shapes");
    for (int scene = 0; scene < SCENES; scene++) {
      Path video = folder.resolve("scene-" + scene + ".mp4");
      write(new Scene(100 + scene), video);
      whole.add(new Kind(video, Map.of("modelId", model)));
    }
    this.sampled = new Kind(whole.get(0).video(), Map.of("modelId", model, "maxFps", "1"));
  }

  /** Many batches, so that there are many moments between them. */
  private static void write(Scene scene, Path video) throws IOException {
    Rational frameRate = new Rational(Scene.FRAMES_PER_SECOND, 1);
    VideoEncoder.Settings settings =
        new VideoEncoder.Settings(
            Scene.WIDTH,
            Scene.HEIGHT,
            new Rational(1, Scene.FRAMES_PER_SECOND),
            frameRate,
            BIT_RATE,
            FRAMES_A_BATCH);
    try (VideoEncoder encoder = VideoEncoder.create(video, settings)) {
      for (int frame = 0; frame < FRAMES; frame++) {
        encoder.encode(scene.frame(frame).rgb(), frame, 1);
      }
      encoder.finish();
    }
  }

  /** The id of the model of that name. */
  static String modelId(ZoetropeClient client, String name) {
    return client.models().stream()
        .filter(id -> id.startsWith(name + "-"))
        .findFirst()
        .orElseThrow();
  }

  /** One run of each kind. */
  List<Wanted> oneOfEach(ZoetropeClient client) {
    List<Wanted> wanted = submit(client, SCENES);
    wanted.add(submit(client, sampled));
    return wanted;
  }

  /** So many videos, of all scenes in turn. */
  List<Wanted> submit(ZoetropeClient client, int videos) {
    List<Wanted> wanted = new ArrayList<>();
    for (int i = 0; i < videos; i++) {
      wanted.add(submit(client, whole.get(i % SCENES)));
    }
    return wanted;
  }

  /** A video with as many records as any, but a second between the frames that are detected. */
  Wanted submitSampled(ZoetropeClient client) {
    return submit(client, sampled);
  }

  Wanted submit(ZoetropeClient client, Kind kind) {
    Upload upload = upload(client, kind);
    return new Wanted(kind, upload.videoId(), upload.runs().get(0).runId());
  }

  private Upload upload(ZoetropeClient client, Kind kind) {
    Path video = folder.resolve("upload-" + uploads + ".mp4");
    // An MP4 box at the end that nobody reads.
    ByteBuffer box =
        ByteBuffer.allocate(BOX_BYTES)
            .putInt(BOX_BYTES)
            .put(new byte[] {'f', 'r', 'e', 'e'})
            .putLong(uploads)
            .flip();
    uploads++;
    try {
      byte[] frames = Files.readAllBytes(kind.video());
      byte[] bytes = ByteBuffer.allocate(frames.length + BOX_BYTES).put(frames).put(box).array();
      Files.write(video, bytes);
      return client.upload(video, video.getFileName().toString(), kind.options());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      video.toFile().delete();
    }
  }

  /**
   * Waits until every run has ended.
   *
   * @throws AssertionError where one hasn't after five minutes, which names all of them
   */
  static void awaitEnd(ZoetropeClient client, List<Wanted> wanted) {
    Awaitility.await("runs to end")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> open(client, wanted), List::isEmpty);
  }

  /** Those that haven't ended, or of which nobody can say it now. */
  static List<Wanted> open(ZoetropeClient client, List<Wanted> wanted) {
    return wanted.stream().filter(run -> isOpen(client, run)).toList();
  }

  private static boolean isOpen(ZoetropeClient client, Wanted run) {
    try {
      return client.run(run.videoId(), run.runId()).status() == Run.Status.RUNNING;
    } catch (ApiException | UserError e) {
      return true;
    }
  }

  /** Frames that nothing is known of yet; all of a run's where nobody can say it now. */
  static long framesLeft(ZoetropeClient client, List<Wanted> wanted) {
    return wanted.stream().mapToLong(run -> framesLeft(client, run)).sum();
  }

  private static long framesLeft(ZoetropeClient client, Wanted wanted) {
    try {
      Run run = client.run(wanted.videoId(), wanted.runId());
      return run.status() == Run.Status.RUNNING
          ? run.frames().total().orElse(FRAMES) - run.frames().settled()
          : 0;
    } catch (ApiException | UserError e) {
      return FRAMES;
    }
  }

  /** Waits until a run that has ended is whole after all. */
  static void awaitComplete(ZoetropeClient client, Wanted run) {
    Awaitility.await("the gap to be closed")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> client.run(run.videoId(), run.runId()).status() == Run.Status.COMPLETE);
  }

  /** The frame batches of a video, in order of sequence, once all are published. */
  static List<ConsumerRecord<byte[], byte[]>> awaitBatches(Installation installation, Wanted run) {
    return Awaitility.await("the video to be cut")
        .atMost(PATIENCE)
        .until(() -> batches(installation, run), found -> found.size() == FRAMES / FRAMES_A_BATCH);
  }

  private static List<ConsumerRecord<byte[], byte[]>> batches(
      Installation installation, Wanted run) {
    return CommittedLog.readBytes(installation.kafka(), Topics.FRAME_BATCHES).stream()
        .filter(
            record ->
                BatchHeaders.in(record.headers())
                    .map(headers -> headers.runs().containsKey(run.runId()))
                    .orElse(false))
        .sorted(Comparator.comparing(record -> new String(record.key(), UTF_8)))
        .toList();
  }
}
