package io.zoetrope.store;

import static io.zoetrope.store.S3Rig.ABC;
import static io.zoetrope.store.S3Rig.MIB;
import static io.zoetrope.store.S3Rig.assertCode;
import static io.zoetrope.store.S3Rig.bytes;
import static io.zoetrope.store.S3Rig.random;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Against a server that others wrote. */
@ExtendWith(OneS3Server.class)
class S3MediaStoreTest {
  // Long enough for three parts, and no multiple of anything.
  private static final int LARGE = 2 * S3Upload.PART_BYTES + 4_567;

  private final S3Server server;
  private S3Rig rig;
  private MediaStore store;

  S3MediaStoreTest(S3Server server) {
    this.server = server;
  }

  @BeforeEach
  void open() throws IOException {
    rig = new S3Rig(server);
    store = rig.store();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void shouldGiveBackTheBytesUnderTheirHash() throws IOException {
    StoredVideo stored = store.put(bytes("abc"), 3);

    assertThat(stored.sha256()).isEqualTo(ABC);
    assertThat(stored.sizeBytes()).isEqualTo(3);
    assertThat(stored.location())
        .isEqualTo(
            URI.create("s3://%s/%s/originals/ba/%s".formatted(S3Server.BUCKET, rig.prefix(), ABC)));
    assertThat(rig.read(stored.location())).asString(UTF_8).isEqualTo("abc");
    assertThat(store.describe(stored.location())).isEqualTo(stored);
  }

  @Test
  void shouldStoreTheSameBytesOnce() {
    StoredVideo first = store.put(bytes("abc"), MediaStore.UNKNOWN_SIZE);
    StoredVideo second = store.put(bytes("abc"), MediaStore.UNKNOWN_SIZE);

    assertThat(second).isEqualTo(first);
    assertThat(rig.keys()).hasSize(1);
  }

  @Test
  void shouldTakeALargeVideoInPartsAndLeaveNothingElse() throws IOException {
    byte[] video = random(LARGE);

    StoredVideo stored = store.put(new ByteArrayInputStream(video), video.length);
    StoredVideo again = store.put(new ByteArrayInputStream(video), MediaStore.UNKNOWN_SIZE);

    assertThat(again).isEqualTo(stored);
    assertThat(stored.sizeBytes()).isEqualTo(LARGE);
    assertThat(rig.read(stored.location())).isEqualTo(video);
    assertThat(rig.keys())
        .containsExactly(
            "%s/originals/%s/%s"
                .formatted(rig.prefix(), stored.sha256().substring(0, 2), stored.sha256()));
    assertThat(server.unfinished()).isZero();
  }

  @Test
  void shouldTakeWhatFillsItsPartsExactly() throws IOException {
    byte[] video = random(2 * S3Upload.PART_BYTES);

    StoredVideo stored = store.put(new ByteArrayInputStream(video), video.length);

    assertThat(rig.read(stored.location())).isEqualTo(video);
  }

  @Test
  void shouldCopyPieceByPieceWhatIsTooLargeToCopyAtOnce() throws IOException {
    byte[] video = random(11 * MIB + 1);
    S3Objects objects = new S3Objects(S3Clients.open(rig.address()));
    S3Location root = rig.address().root();

    S3Upload.Kept kept;
    try (objects;
        S3Upload upload = new S3Upload(objects, root.resolve("incoming/a"), 5 * MIB, 5 * MIB)) {
      upload.write(video, 0, video.length);
      kept = upload.keep(sha256 -> root.resolve("originals/" + sha256));
    }

    assertThat(rig.read(kept.location().toUri())).isEqualTo(video);
    assertThat(rig.keys()).containsExactly(kept.location().key());
  }

  @Test
  void shouldKeepNothingOfAnUploadThatIsTooShort() {
    byte[] video = random(LARGE);

    assertCode("UPLOAD_INCOMPLETE", () -> store.put(bytes("abc"), 4));
    assertCode("UPLOAD_INCOMPLETE", () -> store.put(new ByteArrayInputStream(video), LARGE + 1L));

    assertThat(rig.keys()).isEmpty();
    assertThat(server.unfinished()).isZero();
  }

  @Test
  void shouldKeepNothingOfAnUploadThatBreaksOff() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("connection reset");
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            return read();
          }
        };
    InputStream video = new SequenceInputStream(new ByteArrayInputStream(random(LARGE)), broken);

    assertCode("UPLOAD_INCOMPLETE", () -> store.put(video, MediaStore.UNKNOWN_SIZE));

    assertThat(rig.keys()).isEmpty();
    assertThat(server.unfinished()).isZero();
  }

  @Test
  void shouldSendAwayMoreVideosThanThereIsMemoryFor() throws Exception {
    PipedOutputStream sender = new PipedOutputStream();
    InputStream slow = new PipedInputStream(sender);
    try (MediaStore small = rig.openImpatient(server.port())) {
      Future<StoredVideo> first =
          CompletableFuture.supplyAsync(() -> small.put(slow, MediaStore.UNKNOWN_SIZE));
      sender.write('a');
      sender.flush();
      await().until(() -> slow.available() == 0);

      assertCode("STORE_BUSY", () -> small.put(bytes("abc"), 3));

      sender.write("bc".getBytes(UTF_8));
      sender.close();
      assertThat(first.get().sha256()).isEqualTo(ABC);
      assertThat(small.put(bytes("abc"), 3)).isEqualTo(first.get());
    }
  }

  @Test
  void shouldKeepPacketsWithTheirVideoUnderTheirHash() throws IOException {
    StoredObject stored =
        store.keep(MediaStore.Kind.PACKETS, "v1", out -> out.write("abc".getBytes(UTF_8)));
    StoredObject again =
        store.keep(MediaStore.Kind.PACKETS, "v1", out -> out.write("abc".getBytes(UTF_8)));

    assertThat(again).isEqualTo(stored);
    assertThat(stored.sha256()).isEqualTo(ABC);
    assertThat(rig.read(stored.location())).asString(UTF_8).isEqualTo("abc");
    assertThat(rig.keys()).containsExactly(rig.prefix() + "/packets/v1/" + ABC);
  }

  @Test
  void shouldRemoveAllOfARenderAndNothingElse() {
    store.keep(MediaStore.Kind.RENDERS, "v1/r1", out -> out.write(1));
    store.keep(MediaStore.Kind.RENDERS, "v1/r1", out -> out.write(2));
    StoredObject same = store.keep(MediaStore.Kind.RENDERS, "v1/r10", out -> out.write(1));

    store.delete(MediaStore.Kind.RENDERS, "v1/r1");
    store.delete(MediaStore.Kind.RENDERS, "v1/r3");

    assertThat(rig.keys()).containsExactly(rig.prefix() + "/renders/v1/r10/" + same.sha256());
  }

  @Test
  void shouldNameABucketThatIsMissing() {
    URI uri = URI.create("s3://no-such-bucket/media?endpoint=http://127.0.0.1:" + server.port());

    assertThatThrownBy(() -> MediaStores.open(uri, List.of()))
        .isInstanceOfSatisfying(
            MediaStoreException.class, e -> assertThat(e.code()).isEqualTo("STORE_UNWRITABLE"))
        .hasMessage("there is no bucket no-such-bucket; make it first");
  }

  @Test
  void shouldSayWhereNobodyAnswers() throws IOException {
    int port = S3Server.freePort();
    S3Address address = S3Server.address(port, "media");
    try (S3Objects objects = new S3Objects(S3Clients.open(address, 1))) {
      assertThatThrownBy(() -> objects.requireBucket(address))
          .isInstanceOfSatisfying(
              MediaStoreException.class, e -> assertThat(e.code()).isEqualTo("STORE_UNREACHABLE"))
          .hasMessageStartingWith(
              "the media store s3://%s/media at http://127.0.0.1:%d can't be used: "
                  .formatted(S3Server.BUCKET, port));
    }
  }

  @Test
  void shouldAskForCredentials() {
    S3Address address = rig.address();

    server.withoutCredentials(
        () ->
            assertThatThrownBy(() -> S3Clients.requireCredentials(address))
                .isInstanceOfSatisfying(
                    MediaStoreException.class,
                    e -> assertThat(e.code()).isEqualTo("CONFIG_INVALID"))
                .hasMessageContaining("set AWS_ACCESS_KEY_ID"));
  }
}
