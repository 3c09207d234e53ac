package io.zoetrope.media;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A kind of file that batches must be exact for, and how to make one.
 *
 * @param recipe words, the first of which is a verb of {@link VariantStudio}
 */
record Variant(String name, List<String> recipe) {
  private static final Map<String, Variant> ALL = readCatalogue();

  static List<Variant> all() {
    return List.copyOf(ALL.values());
  }

  static Variant named(String name) {
    return Objects.requireNonNull(ALL.get(name), name);
  }

  /** The variants that this one is made of. */
  List<Variant> ingredients() {
    return recipe.stream().filter(ALL::containsKey).map(Variant::named).toList();
  }

  /** Tells this way to make the file from every other one. */
  int fingerprint() {
    return Objects.hash(recipe, ingredients().stream().map(Variant::fingerprint).toList());
  }

  private static Map<String, Variant> readCatalogue() {
    Map<String, String> shorthands = new LinkedHashMap<>();
    Map<String, Variant> variants = new LinkedHashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Variant.class.getResourceAsStream("/variants.txt"), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isBlank() || line.startsWith("#")) {
          continue;
        }
        String[] parts = line.split(":? +", 2);
        String text = parts[1].strip();
        if (parts[0].startsWith("@")) {
          shorthands.put(parts[0], expand(text, shorthands));
        } else {
          List<String> words = List.of(expand(text, shorthands).split(" +", -1));
          variants.put(parts[0], new Variant(parts[0], words));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return variants;
  }

  private static String expand(String text, Map<String, String> shorthands) {
    List<String> words = new ArrayList<>();
    for (String word : text.split(" +", -1)) {
      words.add(shorthands.getOrDefault(word, word));
    }
    return String.join(" ", words);
  }
}
