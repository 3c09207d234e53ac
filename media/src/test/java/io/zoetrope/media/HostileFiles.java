package io.zoetrope.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Files to spoil, and how each seed spoils one of them. */
record HostileFiles(List<Path> origins) {
  /** Every container, and most codecs. */
  static final List<String> ORIGINS =
      List.of(
          "h264-open-gop.mp4",
          "h264-open-gop.mkv",
          "h264-open-gop.ts",
          "h264-open-gop.flv",
          "h264-open-gop.avi",
          "h264-open-gop.h264",
          "h264-fragmented.mp4",
          "h264-mbaff.mp4",
          "h264-4-4-4.mp4",
          "h264-10-bit.mkv",
          "edit-list-start.mp4",
          "hevc-open-gop.mp4",
          "hevc-open-gop.ts",
          "hevc-open-gop.hevc",
          "vp8-alt-ref.webm",
          "vp9-alt-ref.webm",
          "growing.webm",
          "av1-svt.mp4",
          "av1.ivf",
          "av1.obu",
          "mpeg1-open-gop.mpg",
          "mpeg2-open-gop.ts",
          "mpeg4-b-frames.avi",
          "mpeg4.m4v",
          "wmv2.asf",
          "flv1.flv",
          "h263.3gp",
          "mjpeg.mov",
          "ffv1.mkv",
          "prores.mov",
          "mpeg2-interlaced-4-2-2.mxf",
          "beside-audio-and-text.mkv",
          "two-videos.mkv",
          "long-gop-h264.mp4",
          "long-gop-mpeg4.avi",
          "long-gop-vp9.webm",
          "long-gop-intra-refresh.ts");

  /** The spoilt file of a seed, always the same. */
  byte[] bytes(long seed) {
    Path other = origins.get(new Random(seed).nextInt(origins.size()));
    return Mutator.mutate(read(origin(seed)), read(other), seed);
  }

  /** What the file of a seed was before. */
  Path origin(long seed) {
    return origins.get((int) Math.floorMod(seed, (long) origins.size()));
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
