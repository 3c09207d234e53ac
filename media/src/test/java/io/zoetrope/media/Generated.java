package io.zoetrope.media;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Files made for one test by the program that makes test media. */
final class Generated {
  private Generated() {}

  /** Makes a file by the program's words; skips the test where there is no program. */
  static Path file(Path target, String words) {
    Optional<EncoderProgram> program = EncoderProgram.bundled();
    assumeTrue(program.isPresent(), "no program to make test media");
    List<String> command = new ArrayList<>(List.of(words.split(" +", -1)));
    command.addAll(List.of("-y", target.toString()));
    program.get().run(target.getParent(), command);
    return target;
  }
}
