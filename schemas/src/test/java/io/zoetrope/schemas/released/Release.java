package io.zoetrope.schemas.released;

import io.zoetrope.events.InlinePackets;
import io.zoetrope.schemas.Topic;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.registry.SchemaCatalogue;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * The schemas that a release's processes write and read, by subject, in the form in which
 * registries know them. Those of former releases lie in {@code released/VERSION}, and are never
 * changed.
 */
record Release(String version, Map<String, Schema> schemas) {
  private static final Path FOLDER = Path.of("released");
  private static final String SUFFIX = ".avsc";

  /** The classes that today's values are of, by subject. */
  static Map<String, Class<? extends SpecificRecord>> classes() {
    Map<String, Class<? extends SpecificRecord>> classes = new TreeMap<>();
    Topics.all().stream()
        .filter(Topic.class::isInstance)
        .map(topic -> (Topic<?>) topic)
        .forEach(topic -> classes.put(topic.subject(), topic.valueType()));
    classes.put("zoetrope.packets.v1-value", InlinePackets.class);
    return classes;
  }

  /** What the code at hand writes and reads. */
  static Release today() {
    SchemaCatalogue registry = new SchemaCatalogue();
    Map<String, Schema> schemas = new TreeMap<>();
    classes()
        .forEach(
            (subject, type) -> {
              int id = registry.register(subject, SpecificData.get().getSchema(type));
              schemas.put(subject, registry.byId(id));
            });
    return new Release("today", schemas);
  }

  /** The former ones, the oldest first. */
  static List<Release> former() throws IOException {
    List<Release> releases = new ArrayList<>();
    try (Stream<Path> folders = Files.list(FOLDER)) {
      for (Path folder : folders.filter(Files::isDirectory).toList()) {
        releases.add(read(folder));
      }
    }
    releases.sort(Comparator.comparing(release -> Version.parse(release.version())));
    return releases;
  }

  /** Puts the schemas where {@link #former} finds them. */
  void write() throws IOException {
    Path folder = Files.createDirectories(FOLDER.resolve(version));
    for (Map.Entry<String, Schema> schema : schemas.entrySet()) {
      Files.writeString(
          folder.resolve(schema.getKey() + SUFFIX),
          SchemaFormatter.format("json/pretty", schema.getValue()) + "\n");
    }
  }

  private static Release read(Path folder) throws IOException {
    Map<String, Schema> schemas = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        schemas.put(
            name.substring(0, name.length() - SUFFIX.length()),
            new Schema.Parser().parse(Files.readString(file)));
      }
    }
    return new Release(folder.getFileName().toString(), schemas);
  }
}
