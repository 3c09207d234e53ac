package io.zoetrope.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zoetrope.cli.client.Run;
import io.zoetrope.cli.client.Upload;
import io.zoetrope.cli.client.ZoetropeClient;
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
  static final int FRAMES = 300;
  static final int FRAMES_A_BATCH = 10;

  private static final int KINDS = 3;
  private static final int BIT_RATE = 2_000_000;
  private static final int BOX_BYTES = 16;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Path folder;
  private final List<Path> kinds = new ArrayList<>();
  private long uploads;

  /**
   * A run that was asked for.
   *
   * @param kind which of the videos it is over
   */
  record Wanted(int kind, String videoId, String runId) {}

  Workload(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    for (int kind = 0; kind < KINDS; kind++) {
      Path video = folder.resolve("kind-" + kind + ".mp4");
      write(new Scene(100 + kind), video);
      kinds.add(video);
    }
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

  /** One run over each kind of video. */
  List<Wanted> oneOfEach(ZoetropeClient client) {
    return submit(client, KINDS);
  }

  /** So many videos, of all kinds in turn. */
  List<Wanted> submit(ZoetropeClient client, int videos) {
    List<Wanted> wanted = new ArrayList<>();
    for (int i = 0; i < videos; i++) {
      int kind = i % KINDS;
      Upload upload = upload(client, kind);
      wanted.add(new Wanted(kind, upload.videoId(), upload.runs().get(0).runId()));
    }
    return wanted;
  }

  private Upload upload(ZoetropeClient client, int kind) {
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
      byte[] frames = Files.readAllBytes(kinds.get(kind));
      byte[] bytes = ByteBuffer.allocate(frames.length + BOX_BYTES).put(frames).put(box).array();
      Files.write(video, bytes);
      return client.upload(video, video.getFileName().toString(), Map.of());
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
    List<Wanted> open = new ArrayList<>(wanted);
    Awaitility.await("runs to end")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptions()
        .until(
            () -> {
              open.removeIf(
                  run -> client.run(run.videoId(), run.runId()).status() != Run.Status.RUNNING);
              return open.isEmpty();
            });
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
