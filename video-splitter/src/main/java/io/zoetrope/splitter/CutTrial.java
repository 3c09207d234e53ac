package io.zoetrope.splitter;

import io.zoetrope.batches.FrameBatchEvents;
import io.zoetrope.events.RunRequested;
import io.zoetrope.isolation.TrialChild;
import io.zoetrope.isolation.Trials;
import io.zoetrope.media.MediaLimits;
import io.zoetrope.media.VideoCutter;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.registry.SchemaCatalogue;
import io.zoetrope.schemas.serdes.EventSerdes;
import io.zoetrope.store.MediaStore;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.util.Optional;

/** What a trial process of the splitter does: it cuts a video, and keeps nothing of it. */
final class CutTrial {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Parent and child are of one build, and need no registry to agree on a schema. */
  private static final SchemaCatalogue SCHEMAS = new SchemaCatalogue();

  private static final EventSerdes SERDES = new EventSerdes(SCHEMAS);
  private static final String TOPIC = Topics.RUNS.name();
  private static final int LIMITS_BYTES = 3 * Integer.BYTES + 4 * Long.BYTES;

  static {
    SCHEMAS.register(Topics.RUNS.subject(), RunRequested.getClassSchema());
  }

  private CutTrial() {}

  public static void main(String[] arguments) throws IOException {
    TrialChild.serve(CutTrial::cut);
  }

  private static void cut(ByteBuffer request, SeekableByteChannel original) {
    MediaLimits limits =
        new MediaLimits(
            request.getLong(),
            Duration.ofSeconds(request.getLong()),
            request.getInt(),
            request.getInt(),
            request.getInt(),
            request.getLong(),
            Duration.ofSeconds(request.getLong()));
    byte[] event = new byte[request.remaining()];
    request.get(event);
    RunRequested run = SERDES.deserializer(Topics.RUNS).deserialize(TOPIC, event);
    try (VideoCutter cutter =
        VideoCutter.open(original, "The file", FrameBatchEvents.of(run.getSplit()), limits)) {
      while (cutter.hasNext()) {
        cutter.next();
      }
    }
  }

  /** The video of a run, cut as the run wants it. */
  record OfRun(RunRequested run, MediaLimits limits, MediaStore store) implements Trials.Trial {
    @Override
    public Optional<byte[]> request() {
      byte[] event = SERDES.serializer(Topics.RUNS).serialize(TOPIC, run);
      return Optional.of(
          ByteBuffer.allocate(LIMITS_BYTES + event.length)
              .putLong(limits.picturePixels())
              .putLong(Math.max(1, limits.duration().toSeconds()))
              .putInt(limits.streams())
              .putInt(limits.packetBytes())
              .putInt(limits.batches())
              .putLong(limits.probeBytes())
              .putLong(Math.max(1, limits.probeTime().toSeconds()))
              .put(event)
              .array());
    }

    @Override
    public SeekableByteChannel original() {
      return store.open(URI.create(run.getLocation()));
    }

    @Override
    public Duration patience() {
      return PATIENCE;
    }
  }
}
