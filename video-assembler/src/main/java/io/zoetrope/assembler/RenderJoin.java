package io.zoetrope.assembler;

import io.zoetrope.assembler.RenderLedger.LedgerUnavailableException;
import io.zoetrope.assembler.WorkFolder.WorkFile;
import io.zoetrope.events.RenderCompleted;
import io.zoetrope.events.RenderRequested;
import io.zoetrope.events.SegmentRendered;
import io.zoetrope.media.PictureFormat;
import io.zoetrope.media.SegmentJoin;
import io.zoetrope.media.SegmentJoin.Joined;
import io.zoetrope.media.Sound;
import io.zoetrope.media.VideoStream;
import io.zoetrope.store.MediaStore;
import io.zoetrope.store.MediaStoreException;
import io.zoetrope.store.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one video of a render's segments and puts it into the media store. Any thread. */
final class RenderJoin {
  private static final Logger LOG = LoggerFactory.getLogger(RenderJoin.class);

  private final MediaStore store;
  private final RenderedFiles files;

  RenderJoin(MediaStore store, RenderedFiles files) {
    this.store = store;
    this.files = files;
  }

  /**
   * The same segments always make the same video.
   *
   * @param segments all of them, by their sequence
   * @param stream of the original that they show
   * @param note what isn't as in the original, beside what the stream and the sound tell
   * @throws RenderException {@code RENDER_EMPTY} where there is nothing to show; {@code
   *     RENDER_DISJOINT} where the pictures' times don't follow on each other
   */
  RenderCompleted join(
      RenderRequested render,
      List<SegmentRendered> segments,
      VideoStream stream,
      Optional<String> note,
      Soundtrack soundtrack) {
    List<SegmentJoin.Source> sources =
        segments.stream()
            .filter(segment -> segment.getLocation() != null)
            .map(segment -> source(URI.create(segment.getLocation())))
            .toList();
    if (sources.isEmpty()) {
      throw new RenderException("RENDER_EMPTY", "No frame of the run has a picture.");
    }
    try (WorkFile file = files.newFile()) {
      Joined joined = soundtrack.join(sound -> join(file, sources, sound));
      StoredObject stored = files.keep(render.getVideoId(), render.getRenderId(), file);
      PictureFormat format = PictureFormat.of(stream);
      return new RenderCompleted(
          segments.size(),
          joined.pictures(),
          joined.durationMicros(),
          format.width(),
          format.height(),
          stored.location().toString(),
          stored.sha256(),
          stored.sizeBytes(),
          segments.stream().mapToLong(RenderJoin::failedFrames).sum(),
          notes(render, stream, note, soundtrack.note()),
          null);
    }
  }

  private static long failedFrames(SegmentRendered segment) {
    return segment.getFailedFrames().stream()
        .mapToLong(frames -> frames.getLastFrame() - frames.getFirstFrame() + 1)
        .sum();
  }

  private SegmentJoin.Source source(URI location) {
    return () -> {
      try {
        return store.open(location);
      } catch (MediaStoreException e) {
        if (e.code().equals("LOCATION_NOT_FOUND")) {
          throw new LedgerUnavailableException("a segment is gone, and is made again", e);
        }
        throw e;
      }
    };
  }

  private static Joined join(
      WorkFile file, List<SegmentJoin.Source> sources, Optional<Sound> sound) {
    try {
      return SegmentJoin.join(file.path(), sources, sound);
    } catch (IllegalArgumentException e) {
      throw new RenderException(
          "RENDER_DISJOINT",
          "The segments can't be joined: %s; convert the video.".formatted(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> notes(
      RenderRequested render, VideoStream stream, Optional<String> note, Optional<String> sound) {
    List<String> notes = new ArrayList<>(PictureFormat.notes(stream));
    note.ifPresent(notes::add);
    sound.ifPresent(notes::add);
    notes.forEach(said -> LOG.info("Render {}: {}", render.getRenderId(), said));
    return notes;
  }
}
