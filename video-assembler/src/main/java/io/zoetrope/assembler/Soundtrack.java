package io.zoetrope.assembler;

import io.zoetrope.assembler.WorkFolder.WorkFile;
import io.zoetrope.events.RenderRequested;
import io.zoetrope.events.RenderSound;
import io.zoetrope.events.SoundFragment;
import io.zoetrope.media.Sound;
import io.zoetrope.media.VideoStream;
import io.zoetrope.store.MediaStore;
import io.zoetrope.store.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;
import java.util.function.Function;

/**
 * The original's sound, which a render takes along unless it isn't wanted or MP4 can't hold it. Any
 * thread.
 */
final class Soundtrack {
  private static final String ORIGINAL = "The original";

  private final RenderRequested render;
  private final VideoStream stream;
  private final long startPts;
  private final MediaStore store;
  private final RenderedFiles files;

  /**
   * Nothing is read yet.
   *
   * @param stream that the render shows
   * @param startPts its time 0
   */
  Soundtrack(
      RenderRequested render,
      VideoStream stream,
      long startPts,
      MediaStore store,
      RenderedFiles files) {
    this.render = render;
    this.stream = stream;
    this.startPts = startPts;
    this.store = store;
    this.files = files;
  }

  /** Puts it into the media store in fragments, for those who watch before all is joined. */
  Optional<RenderSound> publish() {
    return with(sound -> sound.filter(Soundtrack::fits).map(this::publish));
  }

  /** What of it doesn't go along although it is wanted, in a sentence. */
  Optional<String> note() {
    return with(sound -> sound.flatMap(Sound::note));
  }

  /** Does {@code work} with the sound, which is there unless there is none that goes along. */
  <T> T join(Function<Optional<Sound>, T> work) {
    return with(sound -> work.apply(sound.filter(Soundtrack::fits)));
  }

  private static boolean fits(Sound sound) {
    return sound.refusal().isEmpty();
  }

  private <T> T with(Function<Optional<Sound>, T> work) {
    if (!render.getEncoding().getAudio()) {
      return work.apply(Optional.empty());
    }
    try (SeekableByteChannel original = store.open(URI.create(render.getLocation()))) {
      Optional<Sound> sound = Sound.open(original, ORIGINAL, stream, startPts);
      try {
        return work.apply(sound);
      } finally {
        sound.ifPresent(Sound::close);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RenderSound publish(Sound sound) {
    try (WorkFile file = files.newFile()) {
      Sound.Track track = sound.writeFragments(file.path());
      StoredObject stored = files.keep(render.getVideoId(), render.getRenderId(), file);
      return new RenderSound(
          stored.location().toString(),
          track.headerBytes(),
          track.fragments().stream()
              .map(fragment -> new SoundFragment(fragment.sizeBytes(), fragment.durationMicros()))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
