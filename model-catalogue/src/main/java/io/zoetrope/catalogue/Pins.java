package io.zoetrope.catalogue;

import io.zoetrope.catalogue.CatalogueException.Code;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The hashes of what was pulled, in a file {@code SHA256SUMS} of the models' folder: lines {@code
 * HASH NAME.onnx} as {@code sha256sum} writes and checks them. Safe for several processes.
 */
final class Pins {
  static final String FILE = "SHA256SUMS";
  private static final Pattern LINE = Pattern.compile("([0-9A-Fa-f]{64}) [ *](.+)\\.onnx");

  private final Path file;

  Pins(Path folder) {
    this.file = folder.resolve(FILE);
  }

  Path file() {
    return file;
  }

  /** The hash that the model of this name has to have. */
  Optional<String> find(String name) throws IOException {
    return Optional.ofNullable(read().get(name));
  }

  void put(String name, String sha256) throws IOException {
    change(pins -> pins.put(name, sha256));
  }

  void remove(String name) throws IOException {
    change(pins -> pins.remove(name));
  }

  private interface Change {
    void to(Map<String, String> pins);
  }

  private void change(Change change) throws IOException {
    FileLocks.locked(
        file.resolveSibling(".pins.lock"),
        () -> {},
        () -> {
          Map<String, String> pins = read();
          Map<String, String> before = Map.copyOf(pins);
          change.to(pins);
          if (!pins.equals(before)) {
            write(pins);
          }
          return null;
        });
  }

  private Map<String, String> read() throws IOException {
    Map<String, String> pins = new TreeMap<>();
    if (Files.notExists(file)) {
      return pins;
    }
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      Matcher matcher = LINE.matcher(line.strip());
      if (matcher.matches()) {
        pins.put(matcher.group(2), matcher.group(1).toLowerCase(Locale.ROOT));
      } else if (!line.isBlank() && !line.startsWith("#")) {
        throw new CatalogueException(
            Code.CATALOGUE_INVALID,
            "line %d of %s isn't of the form HASH  NAME.onnx; correct it, or delete the line, and the model is pinned anew"
                .formatted(number, file));
      }
    }
    return pins;
  }

  private void write(Map<String, String> pins) throws IOException {
    Path unfinished = file.resolveSibling(FILE + ".part");
    Files.writeString(
        unfinished,
        pins.entrySet().stream()
            .map(pin -> pin.getValue() + "  " + pin.getKey() + ".onnx\n")
            .collect(Collectors.joining()));
    force(unfinished, StandardOpenOption.WRITE);
    Files.move(
        unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    force(file.getParent(), StandardOpenOption.READ);
  }

  /** Puts a file, or the names in a folder, on the disk. */
  static void force(Path path, StandardOpenOption mode) throws IOException {
    try (FileChannel channel = FileChannel.open(path, mode)) {
      channel.force(true);
    }
  }
}
