package io.zoetrope.store;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A media store in a folder: {@code originals/ab/abcdef…} by hash, {@code packets/VIDEO/abcdef…}
 * and {@code renders/VIDEO/RENDER/abcdef…} by owner and hash, and {@code incoming/} for what is
 * still arriving. A file is written under a temporary name, forced to the disk and renamed, so that
 * it is never seen in part. Processes may share the folder.
 */
public final class FileMediaStore implements MediaStore {
  private static final int BUFFER_BYTES = 1 << 18;

  private static final Pattern IDS = Pattern.compile("[0-9A-Za-z]+(/[0-9A-Za-z]+)*");

  private final Path originals;
  private final Map<Kind, Path> kinds = new EnumMap<>(Kind.class);
  private final Path incoming;
  private final FileLocations readable;

  private FileMediaStore(Path root, List<Path> allowedLocations) throws IOException {
    Path real = Files.createDirectories(root).toRealPath();
    this.originals = Files.createDirectories(real.resolve("originals"));
    this.incoming = Files.createDirectories(real.resolve("incoming"));
    for (Kind kind : Kind.values()) {
      kinds.put(kind, Files.createDirectories(real.resolve(kind.folder())));
    }
    List<Path> folders = new ArrayList<>(allowedLocations);
    folders.add(originals);
    folders.addAll(kinds.values());
    this.readable = FileLocations.of(folders);
  }

  /**
   * Opens the store in {@code root}, which is made where there is none.
   *
   * @param allowedLocations folders beside the store's own that videos may be read from
   * @throws MediaStoreException {@code STORE_UNWRITABLE}
   */
  public static FileMediaStore open(Path root, List<Path> allowedLocations) {
    try {
      return new FileMediaStore(root, allowedLocations);
    } catch (IOException e) {
      throw new MediaStoreException(
          "STORE_UNWRITABLE", "the media store can't be opened: " + describe(e), e);
    }
  }

  /** Removes what an earlier life of the store's only process left half-arrived. */
  public void clearIncoming() {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(incoming)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new MediaStoreException(
          "STORE_UNWRITABLE", "the media store can't be cleared: " + describe(e), e);
    }
  }

  @Override
  public StoredVideo put(InputStream bytes, long expectedBytes) {
    Arrived video =
        keep(
            "upload",
            out -> new IncomingVideo(bytes, expectedBytes).writeTo(out),
            sha256 -> originals.resolve(sha256.substring(0, 2)).resolve(sha256));
    return new StoredVideo(video.sha256, video.size, video.path.toUri());
  }

  @Override
  public StoredObject keep(Kind kind, String owner, Content content) {
    Path folder = folder(kind, owner);
    Arrived object = keep(kind.folder(), content, folder::resolve);
    return new StoredObject(object.sha256, object.size, object.path.toUri());
  }

  @Override
  public void delete(Kind kind, String owner) {
    Path folder = folder(kind, owner);
    if (Files.notExists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      // What lies in a folder comes behind it.
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new MediaStoreException(
          "STORE_UNWRITABLE", "the %s can't be removed: %s".formatted(kind.folder(), e), e);
    }
  }

  private Path folder(Kind kind, String owner) {
    requireIds(owner);
    return kinds.get(kind).resolve(owner);
  }

  @Override
  public StoredVideo describe(URI location) {
    Path file = readable.resolve(location);
    if (!file.startsWith(originals)) {
      return readable.describe(location);
    }
    try {
      return new StoredVideo(file.getFileName().toString(), Files.size(file), location);
    } catch (IOException e) {
      throw FileLocations.unreadable(location, e);
    }
  }

  @Override
  public SeekableByteChannel open(URI location) {
    return readable.open(location);
  }

  static void requireIds(String owner) {
    if (!IDS.matcher(owner).matches()) {
      throw new IllegalArgumentException("no id, nor ids with slashes between them: " + owner);
    }
  }

  private record Arrived(Path path, String sha256, long size) {}

  /** Takes {@code content} in, and gives it its place once all of it is on the disk. */
  private Arrived keep(String kind, Content content, Function<String, Path> place) {
    Path file = incoming.resolve(kind + "-" + UUID.randomUUID() + ".part");
    try {
      MessageDigest digest = Sha256.digest();
      long size = receive(content, file, digest);
      String sha256 = Sha256.hex(digest);
      Path target = place.apply(sha256);
      createFolder(target.getParent());
      Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
      force(target.getParent());
      return new Arrived(target, sha256, size);
    } catch (IOException e) {
      throw new MediaStoreException(
          "STORE_UNWRITABLE", "the media store can't take the " + kind + ": " + describe(e), e);
    } finally {
      delete(file);
    }
  }

  private static void createFolder(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      createFolder(folder.getParent());
      Files.createDirectories(folder);
      force(folder.getParent());
    }
  }

  private static long receive(Content content, Path file, MessageDigest digest) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      OutputStream out =
          new BufferedOutputStream(
              new DigestOutputStream(Channels.newOutputStream(channel), digest), BUFFER_BYTES);
      content.writeTo(out);
      out.flush();
      channel.force(true);
      return channel.size();
    }
  }

  private static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder)) {
      channel.force(true);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new MediaStoreException(
          "STORE_UNWRITABLE", "what half arrived can't be removed: " + describe(e), e);
    }
  }

  // A file system exception's own message is often a path alone.
  private static String describe(IOException e) {
    return e.getClass().getSimpleName() + " " + e.getMessage();
  }
}
