package io.zoetrope.assembler;

import io.zoetrope.events.RenderRequested;
import io.zoetrope.schemas.Keys;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** From records of the renders' topic to the work that they ask for. One thread. */
final class RenderReadings {
  private final Deserializer<RenderRequested> reader;
  private final RenderPlanner planner;
  private final UnusableRequests unusable;
  private final LongSupplier nanos;

  RenderReadings(
      Deserializer<RenderRequested> reader,
      RenderPlanner planner,
      UnusableRequests unusable,
      LongSupplier nanos) {
    this.reader = reader;
    this.planner = planner;
    this.unusable = unusable;
    this.nanos = nanos;
  }

  /** What is to be done; empty where nothing can be, which is on record then. */
  Optional<RenderWork> read(ConsumerRecord<byte[], byte[]> request, String key) {
    if (request.value() == null) {
      return RenderKey.of(key)
          .map(render -> planner.withdrawn(render.videoId(), render.renderId(), nanos));
    }
    RenderRequested render;
    try {
      render = reader.deserialize(request.topic(), request.value());
    } catch (SerializationException e) {
      unusable.unreadableRender(request, e.getMessage());
      return Optional.empty();
    }
    if (!key.equals(Keys.render(render.getVideoId(), render.getRenderId()))) {
      unusable.misplacedRender(request);
      return Optional.empty();
    }
    return Optional.of(new RequestedRender(render, planner, nanos));
  }
}
