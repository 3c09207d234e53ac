package io.zoetrope.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.core.sync.RequestBody;

/** A media store on an {@link S3Server}, under a prefix that nobody else has. */
final class S3Rig implements AutoCloseable {
  /** The digest of "abc" in FIPS 180-2, appendix B.1. */
  static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  static final int MIB = 1 << 20;

  private final S3Server server;
  private final String prefix = "store-" + UUID.randomUUID();
  private final MediaStore store;

  S3Rig(S3Server server) throws IOException {
    this.server = server;
    this.store = open(server.port(), List.of(), List.of());
  }

  MediaStore store() {
    return store;
  }

  String prefix() {
    return prefix;
  }

  /** Of the store's own root, reached through another port. */
  S3Address address(int port) {
    return S3Server.address(port, prefix);
  }

  S3Address address() {
    return address(server.port());
  }

  /** The same store through another port, and other places that it may read from. */
  MediaStore open(int port, List<S3Location> locations, List<Path> folders) throws IOException {
    return S3MediaStore.open(address(port), locations, FileLocations.of(folders));
  }

  /** The same store for a client that tries nothing twice, and takes one video at a time. */
  MediaStore openImpatient(int port) throws IOException {
    S3Address address = address(port);
    return new S3MediaStore(
        new S3Objects(S3Clients.open(address, 1)),
        address.root(),
        List.of(),
        FileLocations.of(List.of()),
        1);
  }

  /** The keys of all that is in the store. */
  List<String> keys() {
    return server.keys(prefix);
  }

  byte[] read(URI location) throws IOException {
    try (SeekableByteChannel channel = store.open(location)) {
      return Channels.newInputStream(channel).readAllBytes();
    }
  }

  /** Puts an object beside the store. */
  void putElsewhere(String key, String text) {
    server
        .client()
        .putObject(
            request -> request.bucket(S3Server.BUCKET).key(key), RequestBody.fromString(text));
  }

  /** Of an object beside the store. */
  static URI elsewhere(String path) {
    return URI.create("s3://" + S3Server.BUCKET + "/" + path);
  }

  static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  static void assertCode(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            MediaStoreException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Override
  public void close() {
    store.close();
  }
}
