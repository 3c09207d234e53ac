package io.zoetrope.cli.app;

import io.zoetrope.assembler.stills.Clip;
import io.zoetrope.assembler.stills.Still;
import io.zoetrope.assembler.stills.StillException;
import io.zoetrope.assembler.stills.StillForm;
import io.zoetrope.assembler.stills.Stills;
import io.zoetrope.assembler.stills.View;
import io.zoetrope.events.ColourBy;
import io.zoetrope.events.Concealment;
import io.zoetrope.events.RenderStyle;
import io.zoetrope.gateway.pictures.PictureException;
import io.zoetrope.gateway.pictures.PictureQuery;
import io.zoetrope.gateway.pictures.PictureQuery.Drawing;
import io.zoetrope.gateway.pictures.PictureQuery.Form;
import io.zoetrope.gateway.pictures.Pictures;
import io.zoetrope.gateway.pictures.Rendered;
import io.zoetrope.media.MediaException;
import io.zoetrope.media.StillEncoder;
import io.zoetrope.store.MediaStore;
import io.zoetrope.store.MediaStoreException;
import io.zoetrope.topology.query.QueryException;
import io.zoetrope.topology.query.VideoQueries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Pictures and clips that this process makes. Any thread. */
final class AssemblerPictures implements Pictures {
  private final Stills stills;

  /**
   * As many at a time as there are cores, with a folder of their own in {@code folder}, in which
   * nothing is left of a process before.
   */
  static AssemblerPictures in(Path folder, MediaStore store, VideoQueries queries) {
    Path stills = folder.resolve("stills");
    try (Stream<Path> left = Files.exists(stills) ? Files.walk(stills) : Stream.empty()) {
      for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int cores = Runtime.getRuntime().availableProcessors();
    return new AssemblerPictures(store, queries, stills, cores);
  }

  /**
   * Makes nothing yet.
   *
   * @param store of the originals; stays the caller's, as {@code queries} do
   * @param folder for clips while they are made and sent
   * @param atOnce how many pictures are made at a time
   */
  AssemblerPictures(MediaStore store, VideoQueries queries, Path folder, int atOnce) {
    stills = new Stills(store::open, new QueriedFindings(queries), folder, atOnce);
  }

  @Override
  public Rendered make(PictureQuery query) {
    try {
      return render(query);
    } catch (StillException e) {
      throw new PictureException(e.code(), e.getMessage(), e);
    } catch (MediaException e) {
      throw new PictureException(e.code().name(), e.getMessage(), e);
    } catch (QueryException e) {
      throw new PictureException(e.code(), e.getMessage(), e);
    } catch (MediaStoreException e) {
      boolean gone = e.code().equals("LOCATION_NOT_FOUND");
      throw new PictureException(gone ? "ORIGINAL_GONE" : e.code(), e.getMessage(), e);
    }
  }

  private Rendered render(PictureQuery query) {
    View view = view(query.view());
    if (query instanceof PictureQuery.Frame frame) {
      return rendered(stills.frame(view, frame.atMicros(), form(frame.form())));
    }
    if (query instanceof PictureQuery.Poster poster) {
      return rendered(stills.poster(view, form(poster.form())));
    }
    if (query instanceof PictureQuery.ContactSheet sheet) {
      return rendered(stills.contactSheet(view, sheet.columns(), sheet.rows(), form(sheet.form())));
    }
    if (query instanceof PictureQuery.Preview preview) {
      return rendered(stills.preview(view, optional(preview.width())));
    }
    if (query instanceof PictureQuery.TrackCrop crop) {
      return rendered(stills.trackCrop(view, crop.track(), form(crop.form())));
    }
    if (query instanceof PictureQuery.TrackClip clip) {
      return rendered(stills.trackClip(view, clip.track(), clip.marginMicros(), clip.sound()));
    }
    PictureQuery.Clip clip = (PictureQuery.Clip) query;
    return rendered(stills.clip(view, clip.fromMicros(), clip.toMicros(), clip.sound()));
  }

  private static View view(PictureQuery.View wanted) {
    return new View(
        wanted.videoId(),
        URI.create(wanted.location()),
        optional(wanted.stream()),
        Optional.ofNullable(wanted.runId()),
        Optional.ofNullable(wanted.drawing()).map(AssemblerPictures::style));
  }

  private static RenderStyle style(Drawing drawing) {
    return new RenderStyle(
        drawing.labels().stream().sorted().toList(),
        drawing.minConfidence(),
        drawing.byTrack() ? ColourBy.TRACK : ColourBy.LABEL,
        drawing.captions(),
        // Their numbers are known only once all of the run before was gone through.
        drawing.byTrack(),
        0L,
        Concealment.valueOf(drawing.conceal().name()),
        drawing.concealed().stream().sorted().toList(),
        List.of());
  }

  private static StillForm form(Form wanted) {
    return new StillForm(
        StillEncoder.Format.valueOf(wanted.format().name()), optional(wanted.width()));
  }

  private static OptionalInt optional(Integer number) {
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  private static Rendered rendered(Still still) {
    return Rendered.of(
        still.mediaType(),
        still.bytes(),
        still.ptsMicros().isPresent() ? (Long) still.ptsMicros().getAsLong() : null);
  }

  /** The file goes once it was sent. */
  private static Rendered rendered(Clip clip) {
    try {
      long size = Files.size(clip.file());
      return new Rendered(
          Clip.MEDIA_TYPE,
          size,
          null,
          clip.notes().isEmpty() ? null : String.join(" ", clip.notes()),
          Files.newInputStream(clip.file(), StandardOpenOption.DELETE_ON_CLOSE));
    } catch (IOException e) {
      throw new PictureException(
          StillException.UNWRITABLE, "the clip can't be read back: " + e.getMessage(), e);
    }
  }
}
