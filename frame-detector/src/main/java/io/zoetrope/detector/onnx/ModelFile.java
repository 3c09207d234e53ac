package io.zoetrope.detector.onnx;

import io.zoetrope.detector.family.ModelException;
import io.zoetrope.detector.family.ModelException.Code;
import io.zoetrope.schemas.Identities;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The bytes of a model file, mapped once, so that what is hashed is what is loaded.
 *
 * @param name of the file
 * @param sha256 of its bytes, in lower-case hex
 */
record ModelFile(String name, String sha256, ByteBuffer bytes) {
  private static final String EXTENSION = ".onnx";
  private static final int ID_DIGITS = 12;

  static ModelFile open(Path path) {
    String name = String.valueOf(path.getFileName());
    if (!Files.isRegularFile(path)) {
      throw new ModelException(
          Code.MODEL_NOT_FOUND,
          "There is no model file %s; give the path of an ONNX file.".formatted(path));
    }
    try (FileChannel channel = FileChannel.open(path)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw new ModelException(
            Code.MODEL_INVALID,
            "The file %s is larger than the 2 GiB that an ONNX model can have; give an ONNX file."
                .formatted(path));
      }
      ByteBuffer bytes = channel.map(MapMode.READ_ONLY, 0, channel.size());
      MessageDigest digest = Identities.sha256();
      digest.update(bytes.duplicate());
      return new ModelFile(name, HexFormat.of().formatHex(digest.digest()), bytes);
    } catch (IOException e) {
      throw new ModelException(
          Code.MODEL_NOT_FOUND,
          "The model file %s can't be read (%s); check its permissions."
              .formatted(path, e.getMessage()),
          e);
    }
  }

  /**
   * The name without its extension and the beginning of a digest, fit for a consumer group's name.
   */
  String id(String digest) {
    String base =
        name.endsWith(EXTENSION) ? name.substring(0, name.length() - EXTENSION.length()) : name;
    return base.replaceAll("[^A-Za-z0-9._-]", "_") + "-" + digest.substring(0, ID_DIGITS);
  }
}
