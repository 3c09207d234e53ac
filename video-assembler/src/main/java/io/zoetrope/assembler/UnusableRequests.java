package io.zoetrope.assembler;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zoetrope.schemas.Keys;
import io.zoetrope.schemas.SegmentHeaders;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests that nothing can come of go to the dead-letter topic as they came, and the render that
 * waits for them fails. All of that is on record when a method returns. Any thread.
 */
final class UnusableRequests {
  private static final Logger LOG = LoggerFactory.getLogger(UnusableRequests.class);
  private static final String UNREADABLE = "RECORD_UNREADABLE";
  private static final String INVALID = "RECORD_INVALID";

  private final AssemblerPublisher publisher;
  private final AssemblerMeters meters;

  UnusableRequests(AssemblerPublisher publisher, AssemblerMeters meters) {
    this.publisher = publisher;
    this.meters = meters;
  }

  /** One for a segment; where nothing says whose it is, its planner asks again after a while. */
  void unreadableSegment(ConsumerRecord<byte[], byte[]> request, String why) {
    RenderException failure =
        new RenderException(
            UNREADABLE, "The request of a segment can't be read: %s.".formatted(why));
    setAside(request, failure);
    meters.failed();
    String renderId = Keys.owner(key(request));
    SegmentHeaders.in(request.headers())
        .filter(known -> !renderId.isEmpty())
        .ifPresent(
            known -> publisher.tellFailure(known.videoId(), renderId, known.revision(), failure));
  }

  /** One for a whole render. What there is of an earlier request stands. */
  void unreadableRender(ConsumerRecord<byte[], byte[]> request, String why) {
    fail(
        request,
        new RenderException(
            UNREADABLE, "The request of the annotated video can't be read: %s.".formatted(why)));
  }

  /** One whose value belongs under another key. */
  void misplacedRender(ConsumerRecord<byte[], byte[]> request) {
    fail(
        request,
        new RenderException(
            INVALID, "The request of the annotated video belongs under another key."));
  }

  private void fail(ConsumerRecord<byte[], byte[]> request, RenderException why) {
    setAside(request, why);
    RenderKey.of(key(request))
        .ifPresent(
            render -> {
              publisher.tellFailure(render.videoId(), render.renderId(), 0, why);
              meters.ended("failed");
            });
  }

  private void setAside(ConsumerRecord<byte[], byte[]> request, RenderException why) {
    LOG.error(
        "A request at offset {} of {} goes to the dead letters: {}",
        request.offset(),
        RequestLogs.partition(request),
        why.getMessage());
    publisher.setAside(request, why);
  }

  private static String key(ConsumerRecord<byte[], byte[]> request) {
    return request.key() == null ? "" : new String(request.key(), UTF_8);
  }
}
