package io.zoetrope.batches;

import io.zoetrope.events.FrameBatch;
import io.zoetrope.events.InlinePackets;
import io.zoetrope.events.ReferencedPackets;
import io.zoetrope.media.MediaException;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.serdes.PacketObjects;
import io.zoetrope.schemas.serdes.SerializedSize;
import io.zoetrope.store.MediaStore;
import io.zoetrope.store.StoredObject;

/**
 * Keeps frame batches within what a record carries: packets that are too large for it go to the
 * media store, and the batch refers to them. They are on the disk when this returns, so no record
 * that is ever committed refers to nothing.
 */
public final class PacketReferences {
  private final MediaStore store;
  private final PacketObjects objects;

  public PacketReferences(MediaStore store, PacketObjects objects) {
    this.store = store;
    this.objects = objects;
  }

  /**
   * The batch, with as few of its packets by reference as will do.
   *
   * @param batch with all packets inline; changed
   * @throws MediaException {@code MEDIA_TOO_LARGE} where a record couldn't even carry the rest
   */
  public FrameBatch fit(FrameBatch batch) {
    return fit(batch, 0);
  }

  /**
   * The batch, for a record that carries more than it.
   *
   * @param batch with all packets inline; changed
   * @param beside bytes of what travels with it
   * @throws MediaException as above
   */
  public FrameBatch fit(FrameBatch batch, long beside) {
    while (SerializedSize.of(batch) + beside > Topics.MAX_EVENT_BYTES) {
      long packets = inlineSize(batch.getPackets());
      long preroll = inlineSize(batch.getPreroll());
      if (packets == 0 && preroll == 0) {
        throw new MediaException(
            MediaException.Code.MEDIA_TOO_LARGE,
            "The file has headers of more than 8 MiB; encode it again.");
      }
      if (packets >= preroll) {
        batch.setPackets(reference(batch.getVideoId(), (InlinePackets) batch.getPackets()));
      } else {
        batch.setPreroll(reference(batch.getVideoId(), (InlinePackets) batch.getPreroll()));
      }
    }
    return batch;
  }

  private ReferencedPackets reference(String videoId, InlinePackets packets) {
    StoredObject stored =
        store.keep(MediaStore.Kind.PACKETS, videoId, out -> objects.write(packets, out));
    return new ReferencedPackets(
        stored.location().toString(), 0L, stored.sizeBytes(), stored.sha256());
  }

  private static long inlineSize(Object packets) {
    return packets instanceof InlinePackets inline ? SerializedSize.of(inline) : 0;
  }
}
