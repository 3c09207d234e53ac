package io.zoetrope.gateway;

import io.javalin.http.Context;
import io.zoetrope.gateway.pictures.PictureQuery;
import io.zoetrope.gateway.pictures.RemotePictures;
import io.zoetrope.topology.query.Run;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;

/** Has clips made, and sends them whole or the part that a player wants. */
final class ClipAnswers {
  private final PictureAnswers pictures;
  private final ClipShelf shelf;

  /** {@code shelf} is null where nobody makes any. */
  ClipAnswers(PictureAnswers pictures, ClipShelf shelf) {
    this.pictures = pictures;
    this.shelf = shelf;
  }

  /**
   * Answers with a clip, or that it hasn't changed.
   *
   * @param run that it goes by, and that may still find more
   */
  void answer(Context http, Optional<Run> run, PictureQuery query) throws IOException {
    String version = PictureAnswers.version(run, query);
    new RangedFile(
            () -> open(http, version, query),
            version,
            query.mediaType(),
            PictureAnswers.keeping(run))
        .answer(http);
  }

  private SeekableByteChannel open(Context http, String version, PictureQuery query)
      throws IOException {
    if (shelf == null) {
      throw PictureAnswers.unavailable();
    }
    ClipShelf.Opened clip = shelf.open(version, () -> pictures.make(query));
    if (clip.note() != null) {
      http.header(RemotePictures.NOTE, clip.note());
    }
    return clip.bytes();
  }
}
