package io.zoetrope.media;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Makes the files of {@link Variant}s, each once, below the build folder. */
final class VariantStudio {
  private static final Path FOLDER =
      Path.of(System.getProperty("zoetrope.variants", "target/variants")).toAbsolutePath();

  private VariantStudio() {}

  /** The file of a variant; skips the test that asks where no program can make it. */
  static synchronized Path file(String name) throws IOException {
    Variant variant = Variant.named(name);
    Path file = FOLDER.resolve(Integer.toHexString(variant.fingerprint())).resolve(name);
    if (!Files.exists(file)) {
      Path folder = Files.createDirectories(file.getParent());
      Path draft = folder.resolve("draft-" + name);
      make(variant, draft);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return file;
  }

  private static void make(Variant variant, Path target) throws IOException {
    List<String> words = variant.recipe();
    switch (words.get(0)) {
      case "encode" -> encode(EncoderProgram.bundled(), words, target);
      case "encode-installed" -> encode(EncoderProgram.installed(), words, target);
      case "join" -> join(words, target);
      case "head" -> {
        byte[] whole = Files.readAllBytes(file(words.get(2)));
        int length = (int) (whole.length * Double.parseDouble(words.get(1)));
        Files.write(target, Arrays.copyOf(whole, length));
      }
      case "flip" -> flip(Integer.parseInt(words.get(1)), words.get(2), target);
      case "replace" -> replace(words.get(1), words.get(2), words.get(3), target);
      default -> throw new IllegalArgumentException(variant.toString());
    }
  }

  /** Commands are told apart by {@code &&}; the last one writes the file. */
  private static void encode(Optional<EncoderProgram> program, List<String> words, Path target)
      throws IOException {
    assumeTrue(program.isPresent(), () -> "no program to make " + target.getFileName());
    String line = String.join(" ", words.subList(1, words.size()));
    String[] commands = line.split(" && ", -1);
    for (int i = 0; i < commands.length; i++) {
      List<String> arguments = new ArrayList<>();
      for (String word : commands[i].split(" ", -1)) {
        arguments.add(isVariant(word) ? file(word).toString() : word);
      }
      if (i == commands.length - 1) {
        arguments.addAll(List.of("-y", target.toString()));
      }
      program.get().run(target.getParent(), arguments);
    }
  }

  private static boolean isVariant(String word) {
    return Variant.all().stream().anyMatch(variant -> variant.name().equals(word));
  }

  private static void join(List<String> words, Path target) throws IOException {
    try (OutputStream output = Files.newOutputStream(target)) {
      for (String part : words.subList(1, words.size())) {
        Files.copy(file(part), output);
      }
    }
  }

  /** Turns over one bit in each of some bytes of the middle half. */
  private static void flip(int bits, String source, Path target) throws IOException {
    byte[] bytes = Files.readAllBytes(file(source));
    Random random = new Random(bytes.length);
    for (int i = 0; i < bits; i++) {
      bytes[bytes.length / 4 + random.nextInt(bytes.length / 2)] ^= (byte) (1 << random.nextInt(8));
    }
    Files.write(target, bytes);
  }

  private static void replace(String old, String with, String source, Path target)
      throws IOException {
    String bytes = Files.readString(file(source), StandardCharsets.ISO_8859_1);
    Files.writeString(target, bytes.replaceAll(old, with), StandardCharsets.ISO_8859_1);
  }
}
