package io.zoetrope.catalogue;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;

/**
 * What has come of a file so far, {@code NAME.onnx.part}, and beside it, in {@code
 * NAME.onnx.part.origin}, which version of which address that is. The origin is written before the
 * first byte, so that bytes without one belong to nothing. Used by whoever holds the model's lock.
 */
final class PartFile {
  private static final int UNKNOWN = -1;

  private final Path file;
  private final Path originFile;

  /**
   * Where bytes come from.
   *
   * @param validator a strong ETag or a date that tells this version of the file from any other
   *     (RFC 9110, 8.8); empty where a pull can't be taken up again
   * @param length of the whole file
   */
  record Origin(URI url, Optional<String> validator, OptionalLong length) {}

  PartFile(Path model) {
    this.file = model.resolveSibling(model.getFileName() + ".part");
    this.originFile = model.resolveSibling(model.getFileName() + ".part.origin");
  }

  Path path() {
    return file;
  }

  long size() throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  /**
   * Where the bytes that are here come from; empty where there are none, or they can't be gone on
   * with.
   */
  Optional<Origin> resumable(URI url) throws IOException {
    return size() == 0
        ? Optional.empty()
        : origin().filter(o -> o.url().equals(url) && o.validator().isPresent());
  }

  private Optional<Origin> origin() throws IOException {
    if (Files.notExists(originFile)) {
      return Optional.empty();
    }
    Properties origin = new Properties();
    try (Reader reader = Files.newBufferedReader(originFile)) {
      origin.load(reader);
      long length = Long.parseLong(origin.getProperty("length", ""));
      return Optional.of(
          new Origin(
              URI.create(origin.getProperty("url", "")),
              Optional.ofNullable(origin.getProperty("validator")),
              length == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(length)));
    } catch (IllegalArgumentException writtenInPart) {
      return Optional.empty();
    }
  }

  /** Forgets what has come, and gets ready for bytes of {@code origin}. */
  void restart(Origin origin) throws IOException {
    forgetOrigin();
    FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)
        .close();
    Properties properties = new Properties();
    properties.setProperty("url", origin.url().toString());
    properties.setProperty("length", Long.toString(origin.length().orElse(UNKNOWN)));
    origin.validator().ifPresent(validator -> properties.setProperty("validator", validator));
    try (Writer writer = Files.newBufferedWriter(originFile)) {
      properties.store(writer, "Which version of which address the part beside this file is of");
    }
  }

  /** A channel that writes at the end of what is here. */
  FileChannel append() throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
  }

  static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Removes what has come. */
  void discard() throws IOException {
    Files.deleteIfExists(originFile);
    Files.deleteIfExists(file);
  }

  /** Removes the origin once the part itself has got its name. */
  void forgetOrigin() throws IOException {
    Files.deleteIfExists(originFile);
  }
}
