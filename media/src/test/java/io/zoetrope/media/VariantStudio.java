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
  private static final int FLV_HEADER_BYTES = 13;

  private VariantStudio() {}

  /** The file of a variant; skips the test that asks where no program can make it. */
  static synchronized Path file(String name) throws IOException {
    Variant variant = Variant.named(name);
    Path file = FOLDER.resolve(Integer.toHexString(variant.fingerprint())).resolve(name);
    if (!Files.exists(file)) {
      Path folder = Files.createDirectories(file.getParent());
      Path draft = folder.resolve("draft-" + name);
      make(variant.recipe(), draft);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return file;
  }

  private static void make(List<String> recipe, Path target) throws IOException {
    List<String> words = recipe.subList(1, recipe.size());
    switch (recipe.get(0)) {
      case "encode" -> encode(EncoderProgram.bundled(), words, target);
      case "encode-installed" -> encode(EncoderProgram.installed(), words, target);
      case "join" -> join(words, 0, target);
      case "join-flv" -> join(words, FLV_HEADER_BYTES, target);
      case "head" -> Files.write(target, head(Double.parseDouble(words.get(0)), words.get(1)));
      case "flip" -> Files.write(target, flip(Integer.parseInt(words.get(0)), words.get(1)));
      case "hole" -> Files.write(target, hole(Integer.parseInt(words.get(0)), words.get(1)));
      case "replace" -> replace(words.get(0), words.get(1), words.get(2), target);
      case "field-pictures" -> Files.write(target, FieldPictures.stream());
      default -> throw new IllegalArgumentException(recipe.toString());
    }
  }

  /** Commands are told apart by {@code &&}; the last one writes the file. */
  private static void encode(Optional<EncoderProgram> program, List<String> words, Path target)
      throws IOException {
    assumeTrue(program.isPresent(), () -> "no program to make " + target.getFileName());
    List<String> command = new ArrayList<>();
    for (String word : words) {
      if (word.equals("&&")) {
        program.get().run(target.getParent(), command);
        command.clear();
      } else {
        command.add(Variant.isName(word) ? file(word).toString() : word);
      }
    }
    command.addAll(List.of("-y", target.toString()));
    program.get().run(target.getParent(), command);
  }

  private static void join(List<String> parts, int headerBytes, Path target) throws IOException {
    try (OutputStream output = Files.newOutputStream(target)) {
      for (int i = 0; i < parts.size(); i++) {
        byte[] part = Files.readAllBytes(file(parts.get(i)));
        int start = i == 0 ? 0 : headerBytes;
        output.write(part, start, part.length - start);
      }
    }
  }

  private static byte[] head(double share, String source) throws IOException {
    byte[] whole = Files.readAllBytes(file(source));
    return Arrays.copyOf(whole, (int) (whole.length * share));
  }

  /** Turns over one bit in each of some bytes of the middle half. */
  private static byte[] flip(int bits, String source) throws IOException {
    byte[] bytes = Files.readAllBytes(file(source));
    Random random = new Random(bytes.length);
    for (int i = 0; i < bits; i++) {
      bytes[bytes.length / 4 + random.nextInt(bytes.length / 2)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  /** Leaves out some bytes in the middle, such as packets of a transport stream. */
  private static byte[] hole(int length, String source) throws IOException {
    byte[] bytes = Files.readAllBytes(file(source));
    int at = bytes.length / 2 / length * length;
    byte[] rest = Arrays.copyOf(bytes, bytes.length - length);
    System.arraycopy(bytes, at + length, rest, at, rest.length - at);
    return rest;
  }

  private static void replace(String old, String with, String source, Path target)
      throws IOException {
    String bytes = Files.readString(file(source), StandardCharsets.ISO_8859_1);
    Files.writeString(target, bytes.replaceAll(old, with), StandardCharsets.ISO_8859_1);
  }
}
