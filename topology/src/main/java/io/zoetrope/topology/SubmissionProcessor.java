package io.zoetrope.topology;

import io.zoetrope.events.SubmissionAccepted;
import io.zoetrope.schemas.Keys;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Keeps names and attributes; the latest of a submission stands, a tombstone removes it. */
final class SubmissionProcessor implements Processor<String, SubmissionAccepted, String, Object> {
  private KeyValueStore<String, SubmissionAccepted> submissions;

  @Override
  public void init(ProcessorContext<String, Object> context) {
    submissions = context.getStateStore(VideoLedgerTopology.SUBMISSIONS);
  }

  @Override
  public void process(Record<String, SubmissionAccepted> record) {
    SubmissionAccepted submission = record.value();
    if (submission == null) {
      submissions.delete(record.key());
      return;
    }
    InvalidEventException.require(
        Keys.submission(submission.getVideoId(), submission.getSubmissionId()).equals(record.key()),
        record.key(),
        "its value belongs to another key");
    submissions.put(record.key(), submission);
  }
}
