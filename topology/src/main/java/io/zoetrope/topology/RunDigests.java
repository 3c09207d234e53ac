package io.zoetrope.topology;

import io.zoetrope.events.BatchDetections;
import io.zoetrope.events.Detection;
import io.zoetrope.events.Failure;
import io.zoetrope.events.FrameDetections;
import io.zoetrope.schemas.Identities;
import io.zoetrope.schemas.Keys;
import io.zoetrope.topology.ledger.FrameCounts;
import io.zoetrope.topology.ledger.LabelSummary;
import io.zoetrope.topology.ledger.MissingFrames;
import io.zoetrope.topology.ledger.RunLedger;
import io.zoetrope.topology.ledger.Standing;
import io.zoetrope.topology.query.RunDigest;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes down all that counts of a run, in one order and one form, and takes the SHA-256 of it. One
 * digest, one thread.
 */
final class RunDigests {
  private final MessageDigest sha256 = Identities.sha256();
  private final DataOutputStream out =
      new DataOutputStream(
          new BufferedOutputStream(
              new DigestOutputStream(OutputStream.nullOutputStream(), sha256)));

  private RunDigests() {}

  /** The digest of the run under {@code runKey} as {@code stores} have it. */
  static RunDigest of(String runKey, RunLedger ledger, VideoStores stores) {
    String videoId = Keys.owner(runKey);
    String runId = RunBook.runId(runKey);
    Standing standing =
        Standing.of(runId, ledger, stores.split(Keys.split(videoId, ledger.splitId())));
    return new RunDigest(
        videoId,
        runId,
        standing.status(),
        standing.frames(),
        standing.batches(),
        new RunDigests().take(runKey, ledger, standing, stores));
  }

  private String take(String runKey, RunLedger ledger, Standing standing, VideoStores stores) {
    try {
      out.writeUTF(runKey);
      add(standing);
      for (Map.Entry<String, LabelSummary> label : ledger.labels().entrySet()) {
        out.writeUTF(label.getKey());
        add(label.getValue());
      }
      try (Stream<BatchDetections> batches = KeyRange.under(runKey).stream(stores.detections())) {
        for (BatchDetections batch : (Iterable<BatchDetections>) batches::iterator) {
          add(batch);
        }
      }
      if (standing.frames().failed() > 0) {
        try (Stream<BatchDetections> batches = KeyRange.under(runKey).stream(stores.detections())) {
          for (MissingFrames missing : MissingFrames.in(batches.iterator(), standing)) {
            add(missing);
          }
        }
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  private void add(Standing standing) throws IOException {
    FrameCounts frames = standing.frames();
    out.writeUTF(standing.status().name());
    out.writeLong(frames.processed());
    out.writeLong(frames.damaged());
    out.writeLong(frames.failed());
    out.writeLong(frames.hidden());
    out.writeInt(standing.batches().processed());
    out.writeInt(standing.batches().failed());
  }

  private void add(LabelSummary label) throws IOException {
    out.writeLong(label.detections());
    out.writeLong(label.frames());
    out.writeFloat(label.maxConfidence());
    out.writeLong(label.firstMicros());
    out.writeLong(label.lastMicros());
  }

  private void add(BatchDetections batch) throws IOException {
    out.writeInt(batch.getSequence());
    out.writeLong(batch.getFirstFrame());
    out.writeInt(batch.getExpectedFrames());
    add(batch.getFailure());
    out.writeInt(batch.getFrames().size());
    for (FrameDetections frame : batch.getFrames()) {
      out.writeLong(frame.getFrame());
      out.writeLong(frame.getPtsMicros());
      out.writeUTF(frame.getStatus().name());
      add(frame.getFailure());
      out.writeInt(frame.getWidth());
      out.writeInt(frame.getHeight());
      out.writeInt(frame.getDetections().size());
      for (Detection detection : frame.getDetections()) {
        add(detection);
      }
    }
  }

  private void add(Detection detection) throws IOException {
    out.writeInt(detection.getClassId());
    out.writeFloat(detection.getConfidence());
    out.writeFloat(detection.getX());
    out.writeFloat(detection.getY());
    out.writeFloat(detection.getWidth());
    out.writeFloat(detection.getHeight());
  }

  private void add(Failure failure) throws IOException {
    out.writeUTF(failure == null ? "" : failure.getCode());
  }

  private void add(MissingFrames missing) throws IOException {
    out.writeInt(missing.sequence());
    out.writeLong(missing.firstFrame());
    out.writeLong(missing.lastFrame());
    out.writeUTF(missing.reason().code());
  }
}
