package io.zoetrope.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PictureFormatTest {
  @Test
  void shouldSayWhatIsNotAsInTheOriginal() throws IOException {
    assertThat(notes("prores-4444-interlaced.mov"))
        .containsExactly(
            "Its pictures of two fields each became whole ones, both fields at once.",
            "Its transparency isn't there: all of its pictures is opaque.",
            "Its colours of 12 bits became ones of 8.",
            "Its colours, yuva444p12le, became 4:2:0 ones.");
    assertThat(notes("far-from-zero.mp4")).isEmpty();
  }

  private static List<String> notes(String name) throws IOException {
    Path file = VariantStudio.file(name);
    try (SeekableByteChannel channel = SharedMedia.open(file);
        VideoCutter cutter = VideoCutter.open(channel, name, CutOptions.DEFAULT)) {
      return PictureFormat.notes(cutter.stream());
    }
  }
}
