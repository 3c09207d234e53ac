package io.zoetrope.media;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A kind of file that batches must be exact for, and how to make one.
 *
 * @param recipe words, the first of which is a verb of {@link VariantStudio}
 * @param verdicts texts of the {@link Verdict}s that it may get; of a damaged file it can depend on
 *     where the batches are cut
 */
record Variant(String name, List<String> recipe, List<String> verdicts) {
  private static final String OTHERWISE = " => ";
  private static final String OR = " or ";
  private static final Pattern UNNOTICED_DAMAGE = Pattern.compile("exact up to picture (\\d+)");
  private static final Map<String, Variant> ALL = readCatalogue();

  static List<Variant> all() {
    return List.copyOf(ALL.values());
  }

  static Variant named(String name) {
    return Objects.requireNonNull(ALL.get(name), name);
  }

  static boolean isName(String word) {
    return ALL.containsKey(word);
  }

  /** How many pictures come before damage that no decoder notices. */
  int soundPictures() {
    Matcher damage = UNNOTICED_DAMAGE.matcher(verdicts.get(0));
    return damage.find() ? Integer.parseInt(damage.group(1)) : Exactness.ALL_SOUND;
  }

  /** Tells this way to make the file from every other one. */
  int fingerprint() {
    return Objects.hash(
        recipe,
        recipe.stream().filter(Variant::isName).map(word -> named(word).fingerprint()).toList());
  }

  private static Map<String, Variant> readCatalogue() {
    Map<String, String> shorthands = new LinkedHashMap<>();
    Map<String, Variant> variants = new LinkedHashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Variant.class.getResourceAsStream("/variants.txt"), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("@")) {
          String[] parts = line.split(" +", 2);
          shorthands.put(parts[0], expand(parts[1], shorthands));
        } else if (!line.isBlank() && !line.startsWith("#")) {
          Variant variant = parse(line, shorthands);
          variants.put(variant.name(), variant);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return variants;
  }

  private static Variant parse(String line, Map<String, String> shorthands) {
    String[] parts = line.split(": +", 2);
    int end = parts[1].indexOf(OTHERWISE);
    String recipe = end < 0 ? parts[1] : parts[1].substring(0, end);
    return new Variant(
        parts[0],
        List.of(expand(recipe, shorthands).split(" +", -1)),
        end < 0
            ? List.of(Verdict.EXACT)
            : List.of(parts[1].substring(end + OTHERWISE.length()).split(OR, -1)));
  }

  private static String expand(String text, Map<String, String> shorthands) {
    return String.join(
        " ",
        Stream.of(text.split(" +", -1)).map(word -> shorthands.getOrDefault(word, word)).toList());
  }
}
