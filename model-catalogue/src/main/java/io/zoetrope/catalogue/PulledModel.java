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

  /** The id that runs know it by: name and the beginning of the hash. */
  public String modelId() {
    return entry.modelId(sha256);
  }
}
