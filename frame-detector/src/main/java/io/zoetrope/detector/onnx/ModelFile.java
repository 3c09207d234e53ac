package io.zoetrope.detector.onnx;

import io.zoetrope.detector.family.ModelException;
import io.zoetrope.detector.family.ModelException.Code;
import io.zoetrope.schemas.Identities;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The bytes of a model file, read once, so that what is hashed is what is looked at, tried and
 * loaded. Not mapped: another process that cuts a mapped file off kills this one.
 *
 * @param path as given
 * @param sha256 of its bytes, in lower-case hex
 * @param bytes direct, position 0
 */
record ModelFile(Path path, String sha256, ByteBuffer bytes) {
  private static final String EXTENSION = ".onnx";
  private static final int ID_DIGITS = 12;

  static ModelFile open(Path path, ModelLimits limits) {
    if (!Files.isRegularFile(path)) {
      throw new ModelException(
          Code.MODEL_NOT_FOUND,
          "There is no model file %s; give the path of an ONNX file.".formatted(path));
    }
    try (FileChannel channel = FileChannel.open(path)) {
      long size = channel.size();
      limits.requireSize(path, size);
      ByteBuffer bytes = allocate(path, Math.toIntExact(size));
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
      if (bytes.hasRemaining() || channel.size() != size) {
        throw new IOException("it changes while it is read");
      }
      bytes.flip();
      MessageDigest digest = Identities.sha256();
      digest.update(bytes.duplicate());
      return new ModelFile(path, HexFormat.of().formatHex(digest.digest()), bytes);
    } catch (IOException e) {
      throw new ModelException(
          Code.MODEL_NOT_FOUND,
          "The model file %s can't be read (%s); check that it is whole, and its permissions."
              .formatted(path, e.getMessage()),
          e);
    }
  }

  private static ByteBuffer allocate(Path path, int size) {
    try {
      return ByteBuffer.allocateDirect(size);
    } catch (OutOfMemoryError e) {
      throw new ModelException(
          Code.MODEL_TOO_LARGE,
          "There is no memory for the %d MiB of the model file %s; give Java more with -XX:MaxDirectMemorySize."
              .formatted(size >> 20, path),
          e);
    }
  }

  /** The file's own name. */
  String name() {
    return String.valueOf(path.getFileName());
  }

  /**
   * The name without its extension and the beginning of a digest, fit for a consumer group's name.
   */
  String id(String digest) {
    String name = name();
    String base =
        name.endsWith(EXTENSION) ? name.substring(0, name.length() - EXTENSION.length()) : name;
    return base.replaceAll("[^A-Za-z0-9._-]", "_") + "-" + digest.substring(0, ID_DIGITS);
  }
}
