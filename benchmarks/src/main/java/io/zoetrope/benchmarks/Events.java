package io.zoetrope.benchmarks;

import io.zoetrope.batches.FrameBatchEvents;
import io.zoetrope.events.FrameBatch;
import io.zoetrope.events.RunRequested;
import io.zoetrope.events.WantedRun;
import io.zoetrope.media.PacketBatch;
import io.zoetrope.media.VideoStream;
import io.zoetrope.schemas.RunDefaults;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.registry.SchemaCatalogue;
import io.zoetrope.schemas.serdes.EventSerdes;
import java.util.List;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** Frame batches as they travel, without a broker. */
final class Events {
  private static final String ID = "0123456789abcdef0123456789abcdef";

  private final EventSerdes serdes = new EventSerdes(new SchemaCatalogue());
  private final Serializer<FrameBatch> serializer = serdes.serializer(Topics.FRAME_BATCHES);
  private final Deserializer<FrameBatch> deserializer = serdes.deserializer(Topics.FRAME_BATCHES);
  private final List<RunRequested> runs =
      List.of(
          new RunDefaults("yolo-0123456789ab", 0.25f, 0.45f, 0)
              .resolve(
                  ID,
                  "file:/video",
                  new WantedRun(null, null, null, null, null, false, null, null)));

  /** The record's value that carries {@code batch}. */
  byte[] write(PacketBatch batch, VideoStream stream) {
    return serializer.serialize(
        Topics.FRAME_BATCHES.name(), FrameBatchEvents.of(batch, stream, runs));
  }

  FrameBatch read(byte[] value) {
    return deserializer.deserialize(Topics.FRAME_BATCHES.name(), value);
  }
}
