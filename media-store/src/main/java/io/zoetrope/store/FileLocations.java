package io.zoetrope.store;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Folders that files may be read from; nothing outside them, by whatever links. Any thread. */
final class FileLocations {
  private final List<Path> folders;

  private FileLocations(List<Path> folders) {
    this.folders = folders;
  }

  /**
   * The folders as they are now.
   *
   * @throws IOException where one of them isn't there
   */
  static FileLocations of(List<Path> folders) throws IOException {
    List<Path> real = new ArrayList<>();
    for (Path folder : folders) {
      real.add(folder.toRealPath());
    }
    return new FileLocations(List.copyOf(real));
  }

  /**
   * Opens a file for reading.
   *
   * @throws MediaStoreException as {@link MediaStore#open}
   */
  SeekableByteChannel open(URI location) {
    try {
      return Files.newByteChannel(resolve(location));
    } catch (IOException e) {
      throw unreadable(location, e);
    }
  }

  /**
   * Hashes a file.
   *
   * @throws MediaStoreException as {@link MediaStore#open}
   */
  StoredVideo describe(URI location) {
    try (SeekableByteChannel file = open(location)) {
      return Sha256.describe(file, location);
    } catch (IOException e) {
      throw unreadable(location, e);
    }
  }

  /** The file itself, behind every link. */
  Path resolve(URI location) {
    if (!"file".equals(location.getScheme())) {
      throw new MediaStoreException(
          "LOCATION_REFUSED", location + " isn't of a kind that videos may be read from");
    }
    Path file;
    try {
      file = Path.of(location).toRealPath();
    } catch (NoSuchFileException e) {
      throw new MediaStoreException("LOCATION_NOT_FOUND", "nothing lies at " + location, e);
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(location, e);
    }
    if (folders.stream().noneMatch(file::startsWith)) {
      throw refused(location);
    }
    if (!Files.isRegularFile(file)) {
      throw new MediaStoreException("LOCATION_UNREADABLE", location + " is no file");
    }
    return file;
  }

  static MediaStoreException refused(URI location) {
    return new MediaStoreException(
        "LOCATION_REFUSED", location + " is outside the locations that videos may be read from");
  }

  static MediaStoreException unreadable(URI location, Exception cause) {
    return new MediaStoreException(
        "LOCATION_UNREADABLE",
        "%s can't be read: %s".formatted(location, cause.getMessage()),
        cause);
  }
}
