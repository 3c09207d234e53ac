package io.zoetrope.batches;

import io.zoetrope.events.FrameBatch;
import io.zoetrope.events.InlinePackets;
import io.zoetrope.events.ReferencedPackets;
import io.zoetrope.schemas.EventException;
import io.zoetrope.schemas.serdes.PacketObjects;
import io.zoetrope.store.MediaStore;
import io.zoetrope.store.MediaStoreException;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.util.Set;

/** What a batch refers to in the media store: its packets, its original. Any thread. */
public final class BatchReferences {
  private static final Set<String> PASSING =
      Set.of("STORE_UNREACHABLE", "SCHEMA_REGISTRY_UNREACHABLE");

  private final MediaStore store;
  private final PacketObjects objects;

  public BatchReferences(MediaStore store, PacketObjects objects) {
    this.store = store;
    this.objects = objects;
  }

  /** Whether a failure says nothing about the batch that it came with: it passes. */
  public static boolean isPassing(Throwable failure) {
    for (Throwable why = failure; why != null; why = why.getCause()) {
      if (PASSING.contains(codeOf(why))) {
        return true;
      }
    }
    return false;
  }

  private static String codeOf(Throwable failure) {
    if (failure instanceof MediaStoreException e) {
      return e.code();
    }
    return failure instanceof EventException e ? e.code() : "";
  }

  /**
   * The batch with all its packets in it; the same one where they are.
   *
   * @throws BatchException where they can't be had or aren't those that were written
   */
  public FrameBatch resolve(FrameBatch batch) {
    if (!(batch.getPreroll() instanceof ReferencedPackets)
        && !(batch.getPackets() instanceof ReferencedPackets)) {
      return batch;
    }
    return new FrameBatch(
        batch.getVideoId(),
        batch.getSplitId(),
        batch.getSequence(),
        batch.getRuns(),
        batch.getStream(),
        batch.getOriginPts(),
        batch.getFirstFrame(),
        batch.getExpectedFrames(),
        batch.getDamaged(),
        batch.getChain(),
        inline(batch.getPreroll()),
        inline(batch.getPackets()));
  }

  /**
   * Opens an original that batches were cut from; the caller closes it.
   *
   * @throws BatchException where it can't be had
   */
  public SeekableByteChannel original(String location) {
    try {
      return store.open(URI.create(location));
    } catch (MediaStoreException e) {
      throw new BatchException(e.code(), "The original can't be had: " + e.getMessage(), e);
    }
  }

  private Object inline(Object packets) {
    return packets instanceof ReferencedPackets reference ? read(reference) : packets;
  }

  private InlinePackets read(ReferencedPackets reference) {
    try (SeekableByteChannel object = store.open(URI.create(reference.getLocation()))) {
      return objects.read(object, reference);
    } catch (MediaStoreException e) {
      throw new BatchException(e.code(), "The packets can't be had: " + e.getMessage(), e);
    } catch (EventException e) {
      throw new BatchException(e.code(), e.getMessage(), e);
    } catch (IOException | IllegalArgumentException e) {
      throw new BatchException(
          "PACKETS_UNREADABLE",
          "The packets at %s can't be read: %s".formatted(reference.getLocation(), e.getMessage()),
          e);
    }
  }
}
