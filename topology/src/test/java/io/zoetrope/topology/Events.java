package io.zoetrope.topology;

import io.zoetrope.events.BatchDetections;
import io.zoetrope.events.Detection;
import io.zoetrope.events.Failure;
import io.zoetrope.events.FrameDetections;
import io.zoetrope.events.FrameStatus;
import io.zoetrope.events.PacketLedger;
import io.zoetrope.events.Rational;
import io.zoetrope.events.RunOptions;
import io.zoetrope.events.RunRequested;
import io.zoetrope.events.SplitCompleted;
import io.zoetrope.events.SplitEvent;
import io.zoetrope.events.SplitOptions;
import io.zoetrope.events.SplitProgress;
import io.zoetrope.events.SubmissionAccepted;
import io.zoetrope.events.VideoRejected;
import io.zoetrope.events.VideoStream;
import io.zoetrope.schemas.Keys;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Events about one video of three batches of four frames, 40 ms apart. */
public final class Events {
  public static final String VIDEO = "0123456789abcdef0123456789abcdef";
  public static final String SPLIT = "split-1";
  public static final String RUN = "run-1";
  public static final String RUN_KEY = Keys.run(VIDEO, RUN);
  public static final int BATCHES = 3;
  public static final int BATCH_FRAMES = 4;
  public static final long FRAME_MICROS = 40_000;

  static final List<String> CLASSES = List.of("person", "bicycle", "car");
  static final int CAR = 2;
  static final Instant SUBMITTED = Instant.parse("2026-01-01T12:00:00Z");

  private Events() {}

  static SubmissionAccepted submission(String videoId, String submissionId, String name) {
    return new SubmissionAccepted(
        submissionId,
        videoId,
        name,
        "file:///media/" + videoId,
        1_000L,
        Map.of("site", "north"),
        List.of(RUN),
        SUBMITTED.toEpochMilli());
  }

  static RunRequested request(String runId) {
    return new RunRequested(
        VIDEO,
        runId,
        "yolo-1",
        "file:///media/" + VIDEO,
        SPLIT,
        new SplitOptions(-1, 0, 1, null, false),
        new RunOptions(0.25f, 0.45f, null),
        1);
  }

  static SplitEvent progress(int nextSequence, String... runIds) {
    return new SplitEvent(
        VIDEO,
        SPLIT,
        List.of(runIds),
        new SplitProgress(
            nextSequence, (long) nextSequence * BATCH_FRAMES, 13L, List.of(runIds), null));
  }

  static SplitEvent furtherPass(String... runIds) {
    return new SplitEvent(
        VIDEO,
        SPLIT,
        List.of(runIds),
        new SplitProgress(
            1, 4L, 13L, List.of(runIds), completedState(BATCHES * BATCH_FRAMES, null)));
  }

  static SplitEvent completed(String... runIds) {
    return completed(BATCHES * BATCH_FRAMES, runIds);
  }

  static SplitEvent completed(long expectedFrames, String... runIds) {
    return new SplitEvent(VIDEO, SPLIT, List.of(runIds), completedState(expectedFrames, null));
  }

  static SplitEvent cutShort(String readError, String... runIds) {
    return new SplitEvent(
        VIDEO, SPLIT, List.of(runIds), completedState(BATCHES * BATCH_FRAMES, readError));
  }

  static SplitEvent rejected(String... runIds) {
    return new SplitEvent(
        VIDEO,
        SPLIT,
        List.of(runIds),
        new VideoRejected(
            "MEDIA_UNSUPPORTED", "this is no video; send one", List.of(runIds), null));
  }

  /** A later pass, for {@code runId}, over a video that an earlier one has cut. */
  static SplitEvent rejectedLater(String runId, String... runIds) {
    return new SplitEvent(
        VIDEO,
        SPLIT,
        List.of(runIds),
        new VideoRejected(
            "LOCATION_NOT_FOUND",
            "nothing lies there",
            List.of(runId),
            completedState(BATCHES * BATCH_FRAMES, null)));
  }

  /** Each of a batch's four frames processed, with one car whose confidence tells the frame. */
  public static BatchDetections batch(int sequence) {
    return batch(RUN, sequence, 0);
  }

  /** As {@link #batch(int)}, but the first frames of the batch failed. */
  public static BatchDetections batch(String runId, int sequence, int failedFrames) {
    List<FrameDetections> frames = new ArrayList<>();
    long first = (long) sequence * BATCH_FRAMES;
    for (int i = 0; i < BATCH_FRAMES; i++) {
      long frame = first + i;
      frames.add(
          i < failedFrames
              ? new FrameDetections(
                  frame,
                  frame * FRAME_MICROS,
                  FrameStatus.FAILED,
                  new Failure("FRAME_LOST", "the decoder gave no picture"),
                  0,
                  0,
                  List.of())
              : processed(frame));
    }
    return batch(runId, sequence, null, frames);
  }

  /** A batch that came to nothing as a whole. */
  public static BatchDetections failedBatch(int sequence) {
    return batch(RUN, sequence, new Failure("DECODER_FAILED", "no decoder"), List.of());
  }

  /** A batch that failed, and of which nobody knows which frames it has. */
  static BatchDetections lostBatch(int sequence, String code) {
    BatchDetections batch = batch(RUN, sequence, new Failure(code, "it is gone"), List.of());
    batch.setFirstFrame(-1);
    batch.setExpectedFrames(0);
    return batch;
  }

  /** A batch that only brings the decoder further; it stands behind the others. */
  static BatchDetections batchWithoutFrames(Failure failure) {
    BatchDetections batch = batch(RUN, BATCHES, failure, List.of());
    batch.setExpectedFrames(0);
    return batch;
  }

  static BatchDetections batch(
      String runId, int sequence, Failure failure, List<FrameDetections> frames) {
    return new BatchDetections(
        VIDEO,
        runId,
        SPLIT,
        "yolo-1",
        sequence,
        (long) sequence * BATCH_FRAMES,
        BATCH_FRAMES,
        CLASSES,
        failure,
        frames);
  }

  private static FrameDetections processed(long frame) {
    return new FrameDetections(
        frame,
        frame * FRAME_MICROS,
        FrameStatus.PROCESSED,
        null,
        1280,
        720,
        List.of(new Detection(CAR, 0.5f + frame / 100f, 1f, 2f, 30f, 40f)));
  }

  private static SplitCompleted completedState(long expectedFrames, String readError) {
    List<Integer> quarterTurn = List.of(0, 1 << 16, 0, -(1 << 16), 0, 0, 0, 0, 1 << 30);
    return new SplitCompleted(
        BATCHES,
        expectedFrames,
        12 * FRAME_MICROS,
        readError,
        new VideoStream(
            0,
            "h264",
            0,
            "yuv420p",
            1280,
            720,
            100,
            31,
            2,
            "progressive",
            0,
            8,
            "tv",
            "bt709",
            "bt709",
            "bt709",
            "left",
            new Rational(1, 1),
            new Rational(1, 12_800),
            new Rational(25, 1),
            ByteBuffer.allocate(0),
            quarterTurn),
        new PacketLedger(20L, 12L, 3L, 0L, 4L, 1L, 0L));
  }
}
