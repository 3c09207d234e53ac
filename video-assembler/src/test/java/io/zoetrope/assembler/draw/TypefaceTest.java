package io.zoetrope.assembler.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class TypefaceTest {
  private static final Path LOADED = Path.of("/proc/self/maps");

  /** Prints the native libraries that this process has loaded once it has drawn text. */
  static final class Drawing {
    public static void main(String[] args) throws IOException {
      Subject subject = new Subject("Ω", 0, 0.5f, 1, new Box(9, 9, 99, 99), List.of(), true, true);
      new ScenePainter(320, 180, new Look(ColourBy.LABEL, true, Concealment.BLUR))
          .paint(
              TestPicture.of(320, 180, 0).canvas(),
              new Scene(Optional.of("LOST"), List.of(subject), List.of()));
      try (Stream<String> lines = Files.lines(LOADED)) {
        lines.filter(line -> line.contains(".so")).forEach(System.out::println);
      }
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldNeedNeitherTheMachinesFontsNorAnyNativeLibraryOfDrawing() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Drawing.class.getName())
            .redirectErrorStream(true)
            .start();
    String loaded = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(loaded).isZero();
    assertThat(loaded)
        .contains("libjvm.so")
        .doesNotContain("libawt", "libfontmanager", "libfreetype", "fontconfig", "X11");
  }
}
