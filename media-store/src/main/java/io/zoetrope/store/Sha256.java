package io.zoetrope.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hash that bytes are named by, as 64 digits of lower-case hex. */
final class Sha256 {
  private Sha256() {}

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What {@code digest} has seen; it begins anew. */
  static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Reads all of {@code channel} to tell what lies at {@code location}. */
  static StoredVideo describe(SeekableByteChannel channel, URI location) throws IOException {
    MessageDigest digest = digest();
    InputStream bytes = new DigestInputStream(Channels.newInputStream(channel), digest);
    long size = bytes.transferTo(OutputStream.nullOutputStream());
    return new StoredVideo(hex(digest), size, location);
  }
}
