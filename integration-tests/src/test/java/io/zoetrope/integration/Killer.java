package io.zoetrope.integration;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zoetrope.media.CutOptions;
import io.zoetrope.media.PacketBatch;
import io.zoetrope.media.VideoCutter;
import io.zoetrope.media.VideoPacket;
import io.zoetrope.samples.SampleVideo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A library that makes FFmpeg abort over certain packets, and videos that have one. */
final class Killer {
  private static final int FRAMES = 200;

  private final Path library;

  private Killer(Path library) {
    this.library = library;
  }

  /** Compiles the library; the test is skipped where there is no compiler. */
  static Killer compile(Path folder) throws IOException, InterruptedException {
    assumeTrue(
        new ProcessBuilder("sh", "-c", "command -v gcc").start().waitFor() == 0,
        "skipped: there is no gcc to make a decoder abort with");
    Path source = folder.resolve("killer.c");
    Files.write(source, Killer.class.getResourceAsStream("/killer.c").readAllBytes());
    Path library = folder.resolve("killer.so");
    Process gcc =
        new ProcessBuilder(
                "gcc",
                "-Wall",
                "-Werror",
                "-shared",
                "-fPIC",
                "-o",
                library.toString(),
                source.toString(),
                "-ldl")
            .inheritIO()
            .start();
    assertThat(gcc.waitFor()).as("gcc").isZero();
    return new Killer(library);
  }

  Map<String, String> environment() {
    return Map.of("LD_PRELOAD", library.toString());
  }

  /** A video that any other process plays, if not quite perfectly. */
  static Path video(Path file, long seed, String victim) throws IOException {
    SampleVideo.write(seed, FRAMES, file, file.resolveSibling("truth.jsonl"));
    byte[] bytes = Files.readAllBytes(file);
    byte[] packet = packet(file);
    int start = indexOf(bytes, packet);
    byte[] magic = ("KILLS THE " + victim).getBytes(US_ASCII);
    System.arraycopy(magic, 0, bytes, start + packet.length - magic.length, magic.length);
    return Files.write(file, bytes);
  }

  /** One from the middle, large enough to keep its beginning. */
  private static byte[] packet(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file);
        VideoCutter cutter = VideoCutter.open(channel, file.toString(), CutOptions.DEFAULT)) {
      while (true) {
        PacketBatch batch = cutter.next();
        for (VideoPacket packet : batch.packets()) {
          if (batch.firstFrame() + packet.frame() >= FRAMES / 2
              && packet.data().remaining() > 200) {
            ByteBuffer data = packet.data().duplicate();
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            return bytes;
          }
        }
      }
    }
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    for (int start = 0; start <= bytes.length - part.length; start++) {
      if (java.util.Arrays.mismatch(bytes, start, start + part.length, part, 0, part.length) < 0) {
        return start;
      }
    }
    throw new IllegalStateException("the packet isn't in the file as it is");
  }
}
