package io.zoetrope.catalogue;

import io.zoetrope.catalogue.CatalogueException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Models by name. Immutable. */
public final class Catalogue {
  private static final String BUNDLED = "catalogue.json";

  private final Map<String, CatalogueEntry> entries;

  private Catalogue(Stream<CatalogueEntry> entries) {
    this.entries =
        entries.collect(
            Collectors.toMap(
                CatalogueEntry::name,
                Function.identity(),
                (before, after) -> after,
                LinkedHashMap::new));
  }

  /** The models that Zoetrope knows. */
  public static Catalogue bundled() {
    try (InputStream json = Catalogue.class.getResourceAsStream(BUNDLED)) {
      return new Catalogue(CatalogueFile.parse("the bundled catalogue", json.readAllBytes()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * This catalogue with the entries of {@code file}, which go before those of the same name.
   *
   * @throws CatalogueException {@code CATALOGUE_INVALID}
   */
  public Catalogue extendedBy(Path file) {
    try {
      return new Catalogue(
          Stream.concat(
              entries.values().stream(),
              CatalogueFile.parse("the catalogue " + file, Files.readAllBytes(file))));
    } catch (IOException e) {
      throw new CatalogueException(
          Code.CATALOGUE_INVALID,
          "the catalogue %s can't be read (%s); name another with --catalogue".formatted(file, e),
          e);
    }
  }

  public Optional<CatalogueEntry> find(String name) {
    return Optional.ofNullable(entries.get(name));
  }

  /** All of them: the bundled ones, then those that were added. */
  public List<CatalogueEntry> entries() {
    return List.copyOf(entries.values());
  }
}
