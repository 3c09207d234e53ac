package io.zoetrope.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zoetrope.events.SegmentRequested;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * What the headers of a requested segment's record say of it, so that whoever can't read the value
 * can say which annotated video lacks it.
 *
 * @param revision of the run that it shows
 */
public record SegmentHeaders(String videoId, int revision) {
  private static final String VIDEO = "zoetrope.video";
  private static final String REVISION = "zoetrope.revision";

  public static SegmentHeaders of(SegmentRequested segment) {
    return new SegmentHeaders(segment.getVideoId(), segment.getRevision());
  }

  /** What a record's headers say; empty where they don't, or not in this form. */
  public static Optional<SegmentHeaders> in(Headers headers) {
    Header video = headers.lastHeader(VIDEO);
    Header revision = headers.lastHeader(REVISION);
    if (video == null || revision == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new SegmentHeaders(
              new String(video.value(), UTF_8),
              Integer.parseInt(new String(revision.value(), UTF_8))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Says so in the headers of a record. */
  public void addTo(Headers headers) {
    headers
        .add(VIDEO, videoId.getBytes(UTF_8))
        .add(REVISION, Integer.toString(revision).getBytes(UTF_8));
  }
}
