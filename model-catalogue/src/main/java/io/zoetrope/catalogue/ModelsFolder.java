package io.zoetrope.catalogue;

import io.zoetrope.catalogue.CatalogueException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder that pulled models lie in: {@code NAME.onnx}, and {@code SHA256SUMS} with the hash
 * that each of them has to have. Safe to use from any thread, and by several processes.
 */
public final class ModelsFolder {
  private static final String EXTENSION = ".onnx";

  private final Path path;
  private final Pins pins;

  private ModelsFolder(Path path) {
    this.path = path.toAbsolutePath().normalize();
    this.pins = new Pins(this.path);
  }

  /** The folder at {@code path}, which is made when the first model is pulled. */
  public static ModelsFolder at(Path path) {
    return new ModelsFolder(path);
  }

  /**
   * Where models lie unless told otherwise: {@code zoetrope/models} in {@code $XDG_DATA_HOME}, or
   * in {@code ~/.local/share}.
   */
  public static Path usual(Map<String, String> environment, Path home) {
    String configured = environment.getOrDefault("XDG_DATA_HOME", "");
    // The XDG specification has relative paths ignored.
    Path data =
        !configured.isEmpty() && Path.of(configured).isAbsolute()
            ? Path.of(configured)
            : home.resolve(".local").resolve("share");
    return data.resolve("zoetrope").resolve("models");
  }

  public Path path() {
    return path;
  }

  Pins pins() {
    return pins;
  }

  Path file(String name) {
    return path.resolve(name + EXTENSION);
  }

  /** Where hashes are pinned, in the form of {@code sha256sum}. */
  public Path pinsFile() {
    return pins.file();
  }

  /** The model's file, whatever is in it; empty where it isn't here. */
  public Optional<Path> file(CatalogueEntry entry) {
    return Optional.of(file(entry.name())).filter(Files::isRegularFile);
  }

  /**
   * The names of all models that are here, whether a catalogue has them or not, in order.
   *
   * @throws CatalogueException {@code MODELS_FOLDER_UNWRITABLE} where the folder can't be read
   */
  public List<String> names() {
    if (Files.notExists(path)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(path)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(EXTENSION))
          .map(file -> file.substring(0, file.length() - EXTENSION.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /**
   * The hash that the model has to have: the catalogue's, or the one that was pinned when it was
   * first pulled.
   *
   * @throws CatalogueException {@code CATALOGUE_INVALID} where the pins can't be read
   */
  public Optional<String> hash(CatalogueEntry entry) {
    return entry.sha256().or(() -> pin(entry.name()));
  }

  /**
   * The hash that was pinned for this name.
   *
   * @throws CatalogueException {@code CATALOGUE_INVALID} where the pins can't be read
   */
  public Optional<String> pin(String name) {
    try {
      return pins.find(name);
    } catch (IOException e) {
      throw new CatalogueException(
          Code.CATALOGUE_INVALID, "%s can't be read (%s)".formatted(pins.file(), e), e);
    }
  }

  /**
   * A model that is here, after its bytes were compared with the hash that they have to have. Empty
   * where it isn't here, or nobody has named its hash yet.
   *
   * @throws CatalogueException {@code MODEL_HASH_MISMATCH}
   */
  public Optional<PulledModel> find(CatalogueEntry entry) {
    Optional<String> expected = hash(entry);
    Optional<Path> here = file(entry);
    if (expected.isEmpty() || here.isEmpty()) {
      return Optional.empty();
    }
    Path file = here.get();
    String sha256 = hashOf(file);
    if (!sha256.equals(expected.get())) {
      throw new CatalogueException(
          Code.MODEL_HASH_MISMATCH,
          "%s has the SHA-256 %s, but has to have %s; `zoetrope models pull %s` puts the right file in its place"
              .formatted(file, sha256, expected.get(), entry.name()));
    }
    return Optional.of(new PulledModel(entry, file, sha256, false, false));
  }

  private static String hashOf(Path file) {
    try {
      return Sha256.of(file);
    } catch (IOException e) {
      throw new CatalogueException(
          Code.MODEL_NOT_FOUND,
          "%s can't be read (%s); check its permissions".formatted(file, e),
          e);
    }
  }

  /**
   * What a removal did.
   *
   * @param removed whether there was anything to remove, if only a part
   * @param forgotten whether there was a pin, and is none any more
   * @param pinned the hash that a later pull has to bring
   */
  public record Removal(Path file, boolean removed, boolean forgotten, Optional<String> pinned) {}

  /**
   * Removes a model, and what an unfinished pull left of it.
   *
   * @param forget whether its pin goes as well
   * @throws CatalogueException {@code MODEL_NOT_FOUND} for what is no name, {@code
   *     MODELS_FOLDER_UNWRITABLE}
   */
  public Removal remove(String name, boolean forget) {
    if (!CatalogueFile.isName(name)) {
      throw new CatalogueException(
          Code.MODEL_NOT_FOUND, "'%s' is no name of a model".formatted(name));
    }
    Path file = file(name);
    if (Files.notExists(path)) {
      return new Removal(file, false, false, Optional.empty());
    }
    try {
      return FileLocks.locked(
          path.resolve("." + name + ".lock"),
          () -> {},
          () -> {
            PartFile part = new PartFile(file);
            boolean partial = part.size() > 0;
            part.discard();
            boolean removed = Files.deleteIfExists(file) || partial;
            Optional<String> pinned = pins.find(name);
            if (!forget) {
              return new Removal(file, removed, false, pinned);
            }
            pins.remove(name);
            return new Removal(file, removed, pinned.isPresent(), Optional.empty());
          });
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  CatalogueException unwritable(IOException cause) {
    return new CatalogueException(
        Code.MODELS_FOLDER_UNWRITABLE,
        "the models' folder %s can't be written (%s); free some of its disk, or choose another with --models-folder"
            .formatted(path, cause),
        cause);
  }
}
