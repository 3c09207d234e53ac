package io.zoetrope.catalogue;

import java.nio.file.Path;

/**
 * A model that lies in the folder.
 *
 * @param sha256 of its file, in lower-case hex
 * @param isNew whether this pull brought it
 * @param isNewlyPinned whether nobody had named its hash beforehand
 */
public record PulledModel(
    CatalogueEntry entry, Path file, String sha256, boolean isNew, boolean isNewlyPinned) {
  private static final int ID_DIGITS = 12;

  /** The id that runs know it by: name and the beginning of the hash. */
  public String modelId() {
    return modelId(entry.name(), sha256);
  }

  static String modelId(String name, String sha256) {
    return name + "-" + sha256.substring(0, ID_DIGITS);
  }
}
