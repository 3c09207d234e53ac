package io.zoetrope.gateway;

import io.zoetrope.gateway.pictures.PictureException;
import io.zoetrope.gateway.pictures.Rendered;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Clips that were made, kept for those who go on watching: a player asks for a file piece by piece.
 * Each is made once, whoever asks for it meanwhile; where room is short, those go that nobody has
 * asked for in longest. Owns all that is in its folder, from construction to {@link #close}. Any
 * thread.
 */
final class ClipShelf implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path folder;
  private final long roomBytes;
  private final Map<String, CompletableFuture<Clip>> clips = new LinkedHashMap<>(16, 0.75f, true);

  private record Clip(Path file, long sizeBytes, String note) {}

  /**
   * A clip that is read; whoever asked for it closes {@code bytes}.
   *
   * @param note what isn't as in the original; null where all is
   */
  record Opened(SeekableByteChannel bytes, String note) {}

  /**
   * An empty one.
   *
   * @param folder that nobody else has; emptied, and created where it isn't there
   * @param roomBytes that clips may take; the one that was made last may take more
   */
  ClipShelf(Path folder, long roomBytes) {
    this.folder = folder;
    this.roomBytes = roomBytes;
    try {
      Files.createDirectories(folder);
      clear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Opens the clip of that name, which {@code maker} makes where it isn't there.
   *
   * @throws PictureException where it can't be made or kept
   */
  Opened open(String name, Supplier<Rendered> maker) throws IOException {
    while (true) {
      CompletableFuture<Clip> own = new CompletableFuture<>();
      CompletableFuture<Clip> there;
      synchronized (clips) {
        there = clips.putIfAbsent(name, own);
      }
      if (there == null) {
        make(name, own, maker);
      }
      Clip clip = await(there == null ? own : there);
      synchronized (clips) {
        // Whoever opened it may read on, even if it goes meanwhile.
        if (clips.containsKey(name)) {
          return new Opened(Files.newByteChannel(clip.file()), clip.note());
        }
      }
    }
  }

  @Override
  public void close() {
    try {
      clear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void make(String name, CompletableFuture<Clip> clip, Supplier<Rendered> maker) {
    try (Rendered made = maker.get()) {
      clip.complete(keep(made));
      makeRoom();
    } catch (RuntimeException e) {
      synchronized (clips) {
        clips.remove(name, clip);
      }
      clip.completeExceptionally(e);
    }
  }

  private Clip keep(Rendered made) {
    Path file = null;
    try {
      file = Files.createTempFile(folder, "clip-", ".mp4");
      return new Clip(file, copy(made.bytes(), file), made.note());
    } catch (IOException e) {
      delete(file);
      throw new PictureException(
          "CLIP_UNWRITABLE",
          "the clip can't be kept while it is watched (%s); make room in the gateway's folder"
              .formatted(e.getMessage()),
          e);
    } catch (RuntimeException e) {
      delete(file);
      throw e;
    }
  }

  private static long copy(InputStream bytes, Path file) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long size = 0;
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int read = read(bytes, buffer); read >= 0; read = read(bytes, buffer)) {
        out.write(buffer, 0, read);
        size += read;
      }
    }
    return size;
  }

  /** Trouble with who makes clips is told from trouble with the disk. */
  private static int read(InputStream bytes, byte[] buffer) {
    try {
      return bytes.read(buffer);
    } catch (IOException e) {
      throw new PictureException(
          PictureException.UNAVAILABLE,
          "the clip broke off on its way here (%s); ask again in a moment"
              .formatted(e.getMessage()),
          e);
    }
  }

  private static Clip await(CompletableFuture<Clip> clip) {
    try {
      return clip.join();
    } catch (CompletionException e) {
      throw (RuntimeException) e.getCause();
    }
  }

  private void makeRoom() {
    synchronized (clips) {
      long taken =
          clips.values().stream().filter(CompletableFuture::isDone).mapToLong(this::size).sum();
      Iterator<CompletableFuture<Clip>> eldest = clips.values().iterator();
      while (taken > roomBytes && eldest.hasNext()) {
        CompletableFuture<Clip> clip = eldest.next();
        // The one that was made last is the last.
        if (clip.isDone() && eldest.hasNext()) {
          taken -= size(clip);
          eldest.remove();
          delete(clip.join().file());
        }
      }
    }
  }

  private long size(CompletableFuture<Clip> clip) {
    return clip.isCompletedExceptionally() ? 0 : clip.join().sizeBytes();
  }

  private void clear() throws IOException {
    try (Stream<Path> left = Files.list(folder)) {
      left.forEach(ClipShelf::delete);
    }
  }

  private static void delete(Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
