package io.zoetrope.cli.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.zoetrope.catalogue.CatalogueEntry;
import io.zoetrope.catalogue.ModelsFolder;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A model as it is listed. What isn't known is null.
 *
 * @param modelId the id that the hash makes, of what lies here
 * @param sha256 that the file has to have
 * @param sha256From who vouches for it, where it isn't the publisher
 * @param bytes of the file
 * @param file where it lies
 * @param permissive whether the licence is known to ask for no more than attribution
 */
@JsonInclude(Include.NON_NULL)
record ModelRow(
    String name,
    boolean pulled,
    String modelId,
    String file,
    Long bytes,
    String licence,
    Boolean permissive,
    String family,
    String url,
    String sha256,
    String sha256From,
    String description) {

  static ModelRow of(CatalogueEntry entry, ModelsFolder folder) {
    Optional<Path> file = folder.file(entry);
    Optional<String> sha256 = folder.hash(entry);
    Long bytes = entry.bytes().isPresent() ? entry.bytes().getAsLong() : null;
    return new ModelRow(
        entry.name(),
        file.isPresent(),
        file.isPresent() ? sha256.map(entry::modelId).orElse(null) : null,
        file.map(Path::toString).orElse(null),
        file.map(path -> path.toFile().length()).orElse(bytes),
        entry.licence(),
        entry.isPermissive(),
        entry.family().isEmpty() ? null : entry.family(),
        entry.url().toString(),
        sha256.orElse(null),
        entry.sha256From().orElse(null),
        entry.description().isEmpty() ? null : entry.description());
  }

  /** A file that no catalogue knows, pulled with another one or put there by hand. */
  static ModelRow unknown(String name, ModelsFolder folder) {
    Path file = folder.path().resolve(name + ".onnx");
    Optional<String> pin = folder.pin(name);
    return new ModelRow(
        name,
        true,
        pin.map(hash -> CatalogueEntry.modelId(name, hash)).orElse(null),
        file.toString(),
        file.toFile().length(),
        null,
        null,
        null,
        null,
        pin.orElse(null),
        null,
        "in no catalogue; --model takes it by its path");
  }
}
