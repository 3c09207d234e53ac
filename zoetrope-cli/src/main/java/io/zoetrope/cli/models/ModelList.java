package io.zoetrope.cli.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.zoetrope.catalogue.CatalogueEntry;
import io.zoetrope.cli.report.Sizes;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All models that can be named: those of the catalogue, then those that lie in the folder beside.
 */
public final class ModelList {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String NOTHING = "-";

  private final Path folder;
  private final List<ModelRow> rows;

  /** What there is at the moment. */
  public ModelList(ModelShelf shelf) {
    this.folder = shelf.folder().path();
    List<CatalogueEntry> entries = shelf.catalogue().entries();
    Set<String> known = entries.stream().map(CatalogueEntry::name).collect(Collectors.toSet());
    this.rows =
        Stream.concat(
                entries.stream().map(entry -> ModelRow.of(entry, shelf.folder())),
                shelf.folder().names().stream()
                    .filter(name -> !known.contains(name))
                    .map(name -> ModelRow.unknown(name, shelf.folder())))
            .toList();
  }

  /** For people: a table, and where the models lie. */
  public String table() {
    int name = width("name", ModelRow::name);
    int size = width("size", ModelList::size);
    int licence = width("licence", ModelList::licence);
    int pulled = width("pulled as", ModelList::pulledAs);
    String format = "%-" + name + "s  %" + size + "s  %-" + licence + "s  %-" + pulled + "s  %s";
    Stream<String> lines =
        Stream.concat(
            Stream.of(
                String.format(
                    Locale.ROOT, format, "name", "size", "licence", "pulled as", "description")),
            rows.stream()
                .map(
                    row ->
                        String.format(
                            Locale.ROOT,
                            format,
                            row.name(),
                            size(row),
                            licence(row),
                            pulledAs(row),
                            row.description() == null ? NOTHING : row.description())));
    return lines.map(String::stripTrailing).collect(Collectors.joining("\n"))
        + "\n\nPulled models lie in "
        + folder
        + ".\n";
  }

  /** For programs: one document in one line. */
  public String json() {
    try {
      return JSON.writeValueAsString(new Document(folder.toString(), rows));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private record Document(String folder, List<ModelRow> models) {}

  private int width(String title, Function<ModelRow, String> column) {
    return Stream.concat(Stream.of(title), rows.stream().map(column))
        .mapToInt(String::length)
        .max()
        .orElseThrow();
  }

  private static String size(ModelRow row) {
    return row.bytes() == null ? NOTHING : Sizes.of(row.bytes());
  }

  private static String licence(ModelRow row) {
    return row.licence() == null ? NOTHING : row.licence();
  }

  private static String pulledAs(ModelRow row) {
    if (!row.pulled()) {
      return NOTHING;
    }
    return row.modelId() == null ? "(not pinned)" : row.modelId();
  }
}
