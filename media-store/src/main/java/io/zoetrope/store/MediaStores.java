package io.zoetrope.store;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Media stores by where they lie. */
public final class MediaStores {
  private static final String FILE = "file";

  private MediaStores() {}

  /**
   * Opens a media store: a folder, or {@code s3://bucket/prefix} with {@code ?endpoint=URL} and
   * {@code region=NAME} where they aren't those of the environment. The caller closes it.
   *
   * @param store of scheme {@code file}, {@code s3}, or none
   * @param locations that videos may be read from beside the store's own: folders and, where the
   *     store is in an object store, prefixes there
   * @throws MediaStoreException {@code CONFIG_INVALID} for what is none of these; {@code
   *     STORE_UNWRITABLE}, {@code STORE_UNREACHABLE}
   */
  public static MediaStore open(URI store, List<URI> locations) {
    List<Path> folders = new ArrayList<>();
    List<S3Location> prefixes = new ArrayList<>();
    for (URI location : locations) {
      if (isFile(location)) {
        folders.add(folder(location));
      } else {
        prefixes.add(prefix(location));
      }
    }
    if (S3Location.SCHEME.equals(store.getScheme())) {
      return S3MediaStore.open(S3Address.of(store), List.copyOf(prefixes), files(folders));
    }
    if (!isFile(store)) {
      throw invalid(
          "the media store " + store + " is neither a folder nor s3://bucket/prefix", null);
    }
    if (!prefixes.isEmpty()) {
      throw invalid(
          "videos can be read from %s only where the media store is in s3: too"
              .formatted(prefixes.get(0)),
          null);
    }
    return FileMediaStore.open(folder(store), folders);
  }

  private static boolean isFile(URI uri) {
    return uri.getScheme() == null || uri.getScheme().equals(FILE);
  }

  private static Path folder(URI uri) {
    try {
      // A path that begins without a slash isn't what URIs call one.
      return uri.isOpaque() ? Path.of(uri.getSchemeSpecificPart()) : Path.of(uri.getPath());
    } catch (IllegalArgumentException e) {
      throw invalid(uri + " names no folder", e);
    }
  }

  private static S3Location prefix(URI uri) {
    try {
      return S3Location.of(uri);
    } catch (IllegalArgumentException e) {
      throw invalid("videos can't be read from there: " + e.getMessage(), e);
    }
  }

  private static FileLocations files(List<Path> folders) {
    try {
      return FileLocations.of(folders);
    } catch (IOException e) {
      throw invalid("videos can't be read from " + e.getMessage(), e);
    }
  }

  private static MediaStoreException invalid(String message, Exception cause) {
    return new MediaStoreException("CONFIG_INVALID", message, cause);
  }
}
