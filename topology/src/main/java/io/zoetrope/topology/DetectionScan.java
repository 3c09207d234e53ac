package io.zoetrope.topology;

import io.zoetrope.events.BatchDetections;
import io.zoetrope.events.Detection;
import io.zoetrope.events.FrameDetections;
import io.zoetrope.events.FrameStatus;
import io.zoetrope.schemas.Keys;
import io.zoetrope.topology.ledger.BatchTally;
import io.zoetrope.topology.ledger.MissingFrames;
import io.zoetrope.topology.ledger.Reason;
import io.zoetrope.topology.query.DetectionPage;
import io.zoetrope.topology.query.DetectionPage.Box;
import io.zoetrope.topology.query.DetectionPage.Found;
import io.zoetrope.topology.query.DetectionPage.Frame;
import io.zoetrope.topology.query.DetectionQuery;
import io.zoetrope.topology.query.QueryException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Walks over a run's batches and takes what a query wants. One walk, one thread. */
final class DetectionScan {
  // A page ends early here, so that crowded frames don't make an answer of any size.
  private static final int MAX_PAGE_DETECTIONS = 200_000;
  private static final Pattern CURSOR = Pattern.compile("(\\d{1,9})-(\\d{1,18})");

  private final DetectionQuery query;
  private final List<Frame> frames = new ArrayList<>();
  private final int firstSequence;
  private final long firstFrame;
  private int detections;
  private String next;

  private DetectionScan(DetectionQuery query) {
    this.query = query;
    if (query.cursor() == null) {
      firstSequence = 0;
      firstFrame = 0;
      return;
    }
    Matcher position = CURSOR.matcher(query.cursor());
    if (!position.matches()) {
      throw new QueryException(
          QueryException.CURSOR_INVALID, "no page ended with " + query.cursor());
    }
    firstSequence = Integer.parseInt(position.group(1));
    firstFrame = Long.parseLong(position.group(2));
  }

  static DetectionPage page(
      DetectionQuery query,
      String modelId,
      ReadOnlyKeyValueStore<String, BatchDetections> detections) {
    DetectionScan scan = new DetectionScan(query);
    KeyRange range =
        KeyRange.under(Keys.run(query.videoId(), query.runId()))
            .startingAt(Keys.detections(query.videoId(), query.runId(), scan.firstSequence));
    try (Stream<BatchDetections> batches = range.stream(detections)) {
      Iterator<BatchDetections> each = batches.iterator();
      while (scan.next == null && each.hasNext()) {
        scan.take(each.next());
      }
    }
    return new DetectionPage(query.videoId(), query.runId(), modelId, scan.frames, scan.next);
  }

  private void take(BatchDetections batch) {
    Iterator<FrameDetections> listed = batch.getFrames().iterator();
    FrameDetections candidate = listed.hasNext() ? listed.next() : null;
    long end = batch.getFirstFrame() + batch.getExpectedFrames();
    for (long index = batch.getFirstFrame(); index < end && next == null; index++) {
      FrameDetections frame = null;
      if (candidate != null && candidate.getFrame() == index) {
        frame = candidate;
        candidate = listed.hasNext() ? listed.next() : null;
      }
      if (batch.getSequence() > firstSequence || index >= firstFrame) {
        offer(batch, view(batch, index, frame));
      }
    }
  }

  private void offer(BatchDetections batch, Frame frame) {
    if (!query.wantsTime(frame.ptsMicros())
        || (query.selective() && frame.detections().isEmpty())) {
      return;
    }
    if (frames.size() == query.limit() || detections >= MAX_PAGE_DETECTIONS) {
      next = batch.getSequence() + "-" + frame.frame();
      return;
    }
    frames.add(frame);
    detections += frame.detections().size();
  }

  private Frame view(BatchDetections batch, long index, FrameDetections frame) {
    Reason failure = MissingFrames.reason(batch, frame);
    if (frame == null || batch.getFailure() != null) {
      Long micros = frame == null ? null : (Long) frame.getPtsMicros();
      return new Frame(index, micros, FrameStatus.FAILED, failure.code(), 0, 0, List.of());
    }
    List<Found> found = new ArrayList<>();
    for (Detection detection : frame.getDetections()) {
      String label = BatchTally.label(batch.getClassNames(), detection.getClassId());
      if (query.wants(label, detection.getConfidence())) {
        Box box =
            new Box(
                detection.getX(), detection.getY(), detection.getWidth(), detection.getHeight());
        found.add(new Found(label, detection.getClassId(), detection.getConfidence(), box));
      }
    }
    return new Frame(
        frame.getFrame(),
        frame.getPtsMicros(),
        frame.getStatus(),
        failure == null ? null : failure.code(),
        frame.getWidth(),
        frame.getHeight(),
        found);
  }
}
