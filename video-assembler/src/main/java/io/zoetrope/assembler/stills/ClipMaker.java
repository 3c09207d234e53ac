package io.zoetrope.assembler.stills;

import io.zoetrope.assembler.segments.Easel;
import io.zoetrope.media.ClipCopy;
import io.zoetrope.media.SegmentJoin;
import io.zoetrope.media.Sound;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes clips: copied where nothing is drawn and it can be done, else encoded again. */
final class ClipMaker {
  private final Path folder;
  private final RunFindings findings;

  ClipMaker(Path folder, RunFindings findings) {
    this.folder = folder;
    this.findings = findings;
  }

  /** Makes the clip of a stretch; times are microseconds since the first displayed frame. */
  Clip make(Footage footage, View view, long fromMicros, long toMicros, boolean sound)
      throws IOException {
    Files.createDirectories(folder);
    Path file = Files.createTempFile(folder, "clip-", ".mp4");
    try {
      return new Clip(file, write(footage, view, fromMicros, toMicros, sound, file));
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  /** Returns what isn't as in the original. */
  private List<String> write(
      Footage footage, View view, long fromMicros, long toMicros, boolean sound, Path file)
      throws IOException {
    List<String> notes = new ArrayList<>();
    if (view.style().isEmpty()) {
      ClipCopy.Outcome copy =
          ClipCopy.write(
              footage.original(),
              footage.name(),
              footage.index(),
              fromMicros,
              toMicros,
              sound,
              file);
      copy.soundNote().ifPresent(notes::add);
      if (copy.refusal().isEmpty()) {
        return notes;
      }
      notes.add("It is encoded again, as " + copy.refusal().get() + ".");
    }
    Overlay overlay = Overlay.ahead(view, findings, fromMicros, toMicros);
    Path pieces = Files.createTempDirectory(folder, "clip-");
    try (Easel easel = footage.easel(overlay.style());
        ClipPieces written = new ClipPieces(pieces, footage.stream(), easel.format())) {
      footage.show(
          fromMicros,
          toMicros,
          easel,
          overlay,
          (shown, placement, frame) -> written.add(shown.picture(), frame.pts()));
      written.end();
      written.note().ifPresent(notes::add);
      join(footage, written, sound, file, notes);
    } finally {
      delete(pieces);
    }
    return notes;
  }

  private static void join(
      Footage footage, ClipPieces pieces, boolean wanted, Path file, List<String> notes)
      throws IOException {
    try (SeekableByteChannel channel = footage.original().open()) {
      Optional<Sound> found =
          wanted
              ? Sound.open(channel, footage.name(), footage.stream(), pieces.startPts())
              : Optional.empty();
      try {
        found.flatMap(Sound::note).ifPresent(notes::add);
        Optional<Sound> heard =
            found
                .filter(sound -> sound.refusal().isEmpty())
                .map(sound -> sound.cut(pieces.durationMicros()));
        SegmentJoin.join(file, pieces.sources(), heard);
      } finally {
        found.ifPresent(Sound::close);
      }
    }
  }

  private static void delete(Path pieces) throws IOException {
    try (var files = Files.list(pieces)) {
      for (Path piece : files.toList()) {
        Files.delete(piece);
      }
    }
    Files.delete(pieces);
  }
}
