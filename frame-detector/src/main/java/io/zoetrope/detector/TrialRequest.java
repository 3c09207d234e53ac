package io.zoetrope.detector;

import io.zoetrope.events.FrameBatch;
import io.zoetrope.media.InputFormat;
import io.zoetrope.media.InputFormat.Fit;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.registry.SchemaCatalogue;
import io.zoetrope.schemas.serdes.EventSerdes;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * What is asked of a trial process.
 *
 * @param format that pictures are prepared for
 * @param batch with all its packets in it
 */
record TrialRequest(InputFormat format, FrameBatch batch) {
  /** Parent and child are of one build, and need no registry to agree on a schema. */
  private static final SchemaCatalogue SCHEMAS = new SchemaCatalogue();

  private static final EventSerdes SERDES = new EventSerdes(SCHEMAS);
  private static final String TOPIC = Topics.FRAME_BATCHES.name();
  private static final List<Fit> FITS = List.of(Fit.values());
  private static final int FORMAT_BYTES = 2 * Integer.BYTES + 3;

  static {
    SCHEMAS.register(Topics.FRAME_BATCHES.subject(), FrameBatch.getClassSchema());
  }

  byte[] toBytes() {
    byte[] event = SERDES.serializer(Topics.FRAME_BATCHES).serialize(TOPIC, batch);
    return ByteBuffer.allocate(FORMAT_BYTES + event.length)
        .putInt(format.width())
        .putInt(format.height())
        .put(asByte(format.rgb()))
        .put(asByte(format.unitScale()))
        .put((byte) FITS.indexOf(format.fit()))
        .put(event)
        .array();
  }

  static TrialRequest of(ByteBuffer bytes) {
    InputFormat format =
        new InputFormat(
            bytes.getInt(),
            bytes.getInt(),
            bytes.get() != 0,
            bytes.get() != 0,
            FITS.get(bytes.get()));
    byte[] event = new byte[bytes.remaining()];
    bytes.get(event);
    return new TrialRequest(
        format, SERDES.deserializer(Topics.FRAME_BATCHES).deserialize(TOPIC, event));
  }

  private static byte asByte(boolean flag) {
    return (byte) (flag ? 1 : 0);
  }
}
