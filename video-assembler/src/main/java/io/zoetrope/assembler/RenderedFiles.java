package io.zoetrope.assembler;

import io.zoetrope.assembler.WorkFolder.WorkFile;
import io.zoetrope.schemas.Keys;
import io.zoetrope.store.MediaStore;
import io.zoetrope.store.StoredObject;
import java.nio.file.Files;

/**
 * From files that are made to objects of the media store, which are there as a whole or not at all.
 * Any thread.
 */
final class RenderedFiles {
  private final MediaStore store;
  private final WorkFolder folder;

  RenderedFiles(MediaStore store, WorkFolder folder) {
    this.store = store;
    this.folder = folder;
  }

  /** One to be made; the caller closes it. */
  WorkFile newFile() {
    return folder.newFile();
  }

  /** Removes all that belongs to a render, if anything does. */
  void forget(String videoId, String renderId) {
    store.delete(MediaStore.Kind.RENDERS, Keys.render(videoId, renderId));
  }

  /** Puts a file into the media store, with all that belongs to its render. */
  StoredObject keep(String videoId, String renderId, WorkFile file) {
    return store.keep(
        MediaStore.Kind.RENDERS,
        Keys.render(videoId, renderId),
        out -> Files.copy(file.path(), out));
  }
}
