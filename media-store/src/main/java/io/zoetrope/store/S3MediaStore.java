package io.zoetrope.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A media store in a bucket, laid out as {@link FileMediaStore} lays out its folder: {@code
 * originals/ab/abcdef…} by hash, {@code packets/VIDEO/abcdef…} and {@code
 * renders/VIDEO/RENDER/abcdef…} by owner and hash, and {@code incoming/} for large objects that are
 * still arriving.
 */
final class S3MediaStore implements MediaStore {
  // Whoever is told to come again does; an upload that waits in silence looks like one that is
  // lost.
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final S3Objects objects;
  private final S3Location originals;
  private final Map<Kind, S3Location> kinds = new EnumMap<>(Kind.class);
  private final S3Location incoming;
  private final List<S3Location> allowed;
  private final FileLocations files;
  private final Semaphore uploads;
  private final ExecutorService readers =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "zoetrope-s3-reader");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * A store in a bucket that is there.
   *
   * @param uploads videos that may arrive at a time
   */
  S3MediaStore(
      S3Objects objects,
      S3Location root,
      List<S3Location> allowed,
      FileLocations files,
      int uploads) {
    this.objects = objects;
    this.originals = root.resolve("originals");
    for (Kind kind : Kind.values()) {
      kinds.put(kind, root.resolve(kind.folder()));
    }
    this.incoming = root.resolve("incoming");
    this.allowed = allowed;
    this.files = files;
    this.uploads = new Semaphore(uploads);
  }

  /**
   * Opens the store at {@code address}, whose bucket has to be there.
   *
   * @param allowed prefixes beside the store's own that videos may be read from
   * @param files folders that they may be read from as well
   * @throws MediaStoreException {@code CONFIG_INVALID}, {@code STORE_UNWRITABLE}, {@code
   *     STORE_UNREACHABLE}
   */
  static S3MediaStore open(S3Address address, List<S3Location> allowed, FileLocations files) {
    S3Clients.requireCredentials(address);
    S3Objects objects = new S3Objects(S3Clients.open(address));
    try {
      objects.requireBucket(address);
    } catch (MediaStoreException e) {
      objects.close();
      throw e;
    }
    return new S3MediaStore(objects, address.root(), allowed, files, uploadsThatFit());
  }

  /** Half of the heap is for what they hold. */
  private static int uploadsThatFit() {
    long fit = Runtime.getRuntime().maxMemory() / 2 / S3Upload.PART_BYTES;
    return (int) Math.max(1, Math.min(fit, Integer.MAX_VALUE));
  }

  @Override
  public StoredVideo put(InputStream bytes, long expectedBytes) {
    beginUpload();
    try {
      S3Upload.Kept video =
          keep(
              "upload",
              expectedBytes,
              out -> new IncomingVideo(bytes, expectedBytes).writeTo(out),
              sha256 -> originals.resolve(sha256.substring(0, 2)).resolve(sha256));
      return new StoredVideo(video.sha256(), video.sizeBytes(), video.location().toUri());
    } finally {
      uploads.release();
    }
  }

  private void beginUpload() {
    try {
      if (uploads.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new MediaStoreException(
        "STORE_BUSY",
        "as many videos are arriving as there is memory for; send it again in a moment");
  }

  @Override
  public StoredObject keep(Kind kind, String owner, Content content) {
    S3Location folder = folder(kind, owner);
    S3Upload.Kept object = keep(kind.folder(), UNKNOWN_SIZE, content, folder::resolve);
    return new StoredObject(object.sha256(), object.sizeBytes(), object.location().toUri());
  }

  @Override
  public void delete(Kind kind, String owner) {
    objects.under(folder(kind, owner)).forEach(objects::delete);
  }

  private S3Location folder(Kind kind, String owner) {
    FileMediaStore.requireIds(owner);
    return kinds.get(kind).resolve(owner);
  }

  private S3Upload.Kept keep(
      String kind, long expectedBytes, Content content, Function<String, S3Location> place) {
    S3Location temporary = incoming.resolve(kind + "-" + UUID.randomUUID());
    try (S3Upload upload = new S3Upload(objects, temporary, expectedBytes)) {
      content.writeTo(upload);
      return upload.keep(place);
    } catch (IOException e) {
      throw new MediaStoreException(
          "STORE_UNWRITABLE",
          "the media store can't take the %s: %s".formatted(kind, e.getMessage()),
          e);
    }
  }

  @Override
  public StoredVideo describe(URI location) {
    if (!S3Location.SCHEME.equals(location.getScheme())) {
      return files.describe(location);
    }
    S3Objects.Found object = find(location);
    if (originals.contains(object.location())) {
      String key = object.location().key();
      return new StoredVideo(key.substring(key.lastIndexOf('/') + 1), object.sizeBytes(), location);
    }
    try (SeekableByteChannel bytes = new S3Channel(objects, object, readers)) {
      return Sha256.describe(bytes, location);
    } catch (IOException e) {
      throw e.getCause() instanceof MediaStoreException cause
          ? cause
          : FileLocations.unreadable(location, e);
    }
  }

  @Override
  public SeekableByteChannel open(URI location) {
    return S3Location.SCHEME.equals(location.getScheme())
        ? new S3Channel(objects, find(location), readers)
        : files.open(location);
  }

  private S3Objects.Found find(URI location) {
    S3Location object;
    try {
      object = S3Location.of(location);
    } catch (IllegalArgumentException e) {
      throw new MediaStoreException("LOCATION_REFUSED", e.getMessage(), e);
    }
    if (!originals.contains(object)
        && kinds.values().stream().noneMatch(prefix -> prefix.contains(object))
        && allowed.stream().noneMatch(prefix -> prefix.contains(object))) {
      throw FileLocations.refused(location);
    }
    return objects
        .find(object)
        .orElseThrow(
            () -> new MediaStoreException("LOCATION_NOT_FOUND", "nothing lies at " + location));
  }

  @Override
  public void close() {
    readers.shutdownNow();
    objects.close();
  }
}
