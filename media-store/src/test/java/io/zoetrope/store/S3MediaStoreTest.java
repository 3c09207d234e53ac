package io.zoetrope.store;

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
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** Against a server that others wrote. */
class S3MediaStoreTest {
  // The digest of "abc" in FIPS 180-2, appendix B.1.
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  private static final int MIB = 1 << 20;

  // Long enough for three parts, and no multiple of anything.
  private static final int LARGE = 2 * S3Upload.PART_BYTES + 4_567;

  @TempDir static Path serverFolder;
  private static S3Server server;

  @TempDir Path folder;
  private final String prefix = "store-" + UUID.randomUUID();
  private MediaStore store;

  @BeforeAll
  static void start() throws IOException {
    server = S3Server.start(serverFolder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() throws IOException {
    store = open(server.port(), List.of(), List.of());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void shouldGiveBackTheBytesUnderTheirHash() throws IOException {
    StoredVideo stored = store.put(bytes("abc"), 3);

    assertThat(stored.sha256()).isEqualTo(ABC);
    assertThat(stored.sizeBytes()).isEqualTo(3);
    assertThat(stored.location())
        .isEqualTo(
            URI.create("s3://%s/%s/originals/ba/%s".formatted(S3Server.BUCKET, prefix, ABC)));
    assertThat(read(stored.location())).asString(UTF_8).isEqualTo("abc");
    assertThat(store.describe(stored.location())).isEqualTo(stored);
  }

  @Test
  void shouldStoreTheSameBytesOnce() {
    StoredVideo first = store.put(bytes("abc"), MediaStore.UNKNOWN_SIZE);
    StoredVideo second = store.put(bytes("abc"), MediaStore.UNKNOWN_SIZE);

    assertThat(second).isEqualTo(first);
    assertThat(server.keys(prefix)).hasSize(1);
  }

  @Test
  void shouldTakeALargeVideoInPartsAndLeaveNothingElse() throws IOException {
    byte[] video = random(LARGE);

    StoredVideo stored = store.put(new ByteArrayInputStream(video), video.length);
    StoredVideo again = store.put(new ByteArrayInputStream(video), MediaStore.UNKNOWN_SIZE);

    assertThat(again).isEqualTo(stored);
    assertThat(stored.sizeBytes()).isEqualTo(LARGE);
    assertThat(read(stored.location())).isEqualTo(video);
    assertThat(server.keys(prefix))
        .containsExactly(
            "%s/originals/%s/%s"
                .formatted(prefix, stored.sha256().substring(0, 2), stored.sha256()));
    assertThat(server.unfinished()).isZero();
  }

  @Test
  void shouldTakeWhatFillsItsPartsExactly() throws IOException {
    byte[] video = random(2 * S3Upload.PART_BYTES);

    StoredVideo stored = store.put(new ByteArrayInputStream(video), video.length);

    assertThat(read(stored.location())).isEqualTo(video);
  }

  @Test
  void shouldCopyPieceByPieceWhatIsTooLargeToCopyAtOnce() throws IOException {
    byte[] video = random(11 * MIB + 1);
    S3Objects objects = new S3Objects(S3Clients.open(S3Server.address(server.port(), prefix)));
    S3Location root = S3Server.address(server.port(), prefix).root();

    S3Upload.Kept kept;
    try (objects;
        S3Upload upload = new S3Upload(objects, root.resolve("incoming/a"), 5 * MIB, 5 * MIB)) {
      upload.write(video, 0, video.length);
      kept = upload.keep(sha256 -> root.resolve("originals/" + sha256));
    }

    assertThat(read(kept.location().toUri())).isEqualTo(video);
    assertThat(server.keys(prefix)).containsExactly(kept.location().key());
  }

  @Test
  void shouldKeepNothingOfAnUploadThatIsTooShort() {
    byte[] video = random(LARGE);

    assertCode("UPLOAD_INCOMPLETE", () -> store.put(bytes("abc"), 4));
    assertCode("UPLOAD_INCOMPLETE", () -> store.put(new ByteArrayInputStream(video), LARGE + 1L));

    assertThat(server.keys(prefix)).isEmpty();
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

    assertThat(server.keys(prefix)).isEmpty();
    assertThat(server.unfinished()).isZero();
  }

  @Test
  void shouldSendAwayMoreVideosThanThereIsMemoryFor() throws Exception {
    S3Address address = S3Server.address(server.port(), prefix);
    PipedOutputStream sender = new PipedOutputStream();
    InputStream slow = new PipedInputStream(sender);
    try (MediaStore small =
        new S3MediaStore(
            new S3Objects(S3Clients.open(address)),
            address.root(),
            List.of(),
            FileLocations.of(List.of()),
            1)) {
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
    assertThat(read(stored.location())).asString(UTF_8).isEqualTo("abc");
    assertThat(server.keys(prefix)).containsExactly(prefix + "/packets/v1/" + ABC);
  }

  @Test
  void shouldRemoveAllOfARenderAndNothingElse() {
    store.keep(MediaStore.Kind.RENDERS, "v1/r1", out -> out.write(1));
    store.keep(MediaStore.Kind.RENDERS, "v1/r1", out -> out.write(2));
    StoredObject same = store.keep(MediaStore.Kind.RENDERS, "v1/r10", out -> out.write(1));

    store.delete(MediaStore.Kind.RENDERS, "v1/r1");
    store.delete(MediaStore.Kind.RENDERS, "v1/r3");

    assertThat(server.keys(prefix)).containsExactly(prefix + "/renders/v1/r10/" + same.sha256());
  }

  @Test
  void shouldReadAnyPlaceInAnyOrder() throws IOException {
    long seed = new Random().nextLong();
    System.out.println("Places read with seed " + seed);
    Random random = new Random(seed);
    byte[] video = random(5 * MIB + 321);
    StoredVideo stored = store.put(new ByteArrayInputStream(video), video.length);

    try (SeekableByteChannel channel = store.open(stored.location())) {
      assertThat(channel.size()).isEqualTo(video.length);
      for (int i = 0; i < 200; i++) {
        int position = random.nextInt(video.length);
        ByteBuffer target = ByteBuffer.allocate(1 + random.nextInt(300_000));
        int length = channel.position(position).read(target);

        assertThat(length).isPositive();
        assertThat(channel.position()).isEqualTo(position + length);
        assertThat(Arrays.copyOf(target.array(), length))
            .isEqualTo(Arrays.copyOfRange(video, position, position + length));
      }
      assertThat(channel.position(video.length).read(ByteBuffer.allocate(1))).isEqualTo(-1);
      assertThat(channel.position(video.length + 9L).read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }
  }

  @Test
  void shouldReadNothingOnceClosed() {
    StoredVideo stored = store.put(bytes("abc"), 3);

    assertThatThrownBy(
            () -> {
              SeekableByteChannel channel = store.open(stored.location());
              channel.close();
              channel.read(ByteBuffer.allocate(1));
            })
        .isInstanceOf(ClosedChannelException.class);
  }

  @Test
  void shouldGoOnWhereConnectionsBreakOff() throws IOException {
    byte[] video = random(6 * MIB);
    URI location = store.put(new ByteArrayInputStream(video), video.length).location();

    try (BreakingProxy proxy = new BreakingProxy(server.port(), 300_000);
        MediaStore distant = open(proxy.port(), List.of(), List.of());
        SeekableByteChannel channel = distant.open(location)) {
      proxy.breakNext(4);

      assertThat(Channels.newInputStream(channel).readAllBytes()).isEqualTo(video);
      assertThat(proxy.broken()).isEqualTo(4);
    }
  }

  @Test
  void shouldSayThatTheStoreIsAwayAndNothingOfTheVideo() throws IOException {
    URI location = store.put(new ByteArrayInputStream(random(MIB)), MIB).location();
    BreakingProxy proxy = new BreakingProxy(server.port(), Integer.MAX_VALUE);
    S3Address address = S3Server.address(proxy.port(), prefix);
    try (MediaStore distant =
            new S3MediaStore(
                new S3Objects(S3Clients.open(address, 1)),
                address.root(),
                List.of(),
                FileLocations.of(List.of()),
                1);
        SeekableByteChannel channel = distant.open(location)) {
      proxy.close();

      assertCode("STORE_UNREACHABLE", () -> distant.open(location));
      assertCode("STORE_UNREACHABLE", () -> distant.put(bytes("abc"), 3));
      assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1)))
          .isInstanceOf(IOException.class)
          .extracting(Throwable::getCause)
          .isInstanceOfSatisfying(
              MediaStoreException.class, e -> assertThat(e.code()).isEqualTo("STORE_UNREACHABLE"));
    }
  }

  @Test
  void shouldNotReadOneVideoForAnother() throws IOException {
    put("uploads/a.mp4", "abc");
    try (MediaStore allowing =
            open(server.port(), List.of(new S3Location(S3Server.BUCKET, "uploads")), List.of());
        SeekableByteChannel channel = allowing.open(uri("uploads/a.mp4"))) {
      put("uploads/a.mp4", "xyz");

      assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(3)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("uploads/a.mp4 can't be read")
          .extracting(Throwable::getCause)
          .isInstanceOfSatisfying(
              MediaStoreException.class,
              e -> assertThat(e.code()).isEqualTo("LOCATION_UNREADABLE"));
    }
  }

  @Test
  void shouldReadFromAllowedPlacesOnly() throws IOException {
    Path inside =
        Files.writeString(Files.createDirectory(folder.resolve("in")).resolve("a"), "abc");
    Path outside = Files.writeString(folder.resolve("b.mp4"), "abc");
    put("uploads/a b.mp4", "abc");
    put("uploads-of-others/a.mp4", "abc");

    try (MediaStore allowing =
        open(
            server.port(),
            List.of(new S3Location(S3Server.BUCKET, "uploads")),
            List.of(inside.getParent()))) {
      URI allowed = uri("uploads/a%20b.mp4");
      assertThat(allowing.describe(allowed)).isEqualTo(new StoredVideo(ABC, 3, allowed));
      assertThat(allowing.describe(inside.toUri()))
          .isEqualTo(new StoredVideo(ABC, 3, inside.toUri()));
      assertCode("LOCATION_REFUSED", () -> allowing.open(uri("uploads-of-others/a.mp4")));
      assertCode("LOCATION_REFUSED", () -> allowing.open(uri("uploads/../secret")));
      assertCode("LOCATION_REFUSED", () -> allowing.open(URI.create("s3://another/uploads/a.mp4")));
      assertCode("LOCATION_REFUSED", () -> allowing.open(URI.create("http://127.0.0.1/a.mp4")));
      assertCode("LOCATION_REFUSED", () -> allowing.open(outside.toUri()));
      assertCode("LOCATION_NOT_FOUND", () -> allowing.open(uri("uploads/none.mp4")));
    }
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
    S3Address address = S3Server.address(server.port(), prefix);

    server.withoutCredentials(
        () ->
            assertThatThrownBy(() -> S3Clients.requireCredentials(address))
                .isInstanceOfSatisfying(
                    MediaStoreException.class,
                    e -> assertThat(e.code()).isEqualTo("CONFIG_INVALID"))
                .hasMessageContaining("set AWS_ACCESS_KEY_ID"));
  }

  private MediaStore open(int port, List<S3Location> locations, List<Path> folders)
      throws IOException {
    return S3MediaStore.open(S3Server.address(port, prefix), locations, FileLocations.of(folders));
  }

  private static void put(String key, String text) {
    server
        .client()
        .putObject(
            request -> request.bucket(S3Server.BUCKET).key(key), RequestBody.fromString(text));
  }

  private static URI uri(String path) {
    return URI.create("s3://" + S3Server.BUCKET + "/" + path);
  }

  private byte[] read(URI location) throws IOException {
    try (SeekableByteChannel channel = store.open(location)) {
      return Channels.newInputStream(channel).readAllBytes();
    }
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static void assertCode(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            MediaStoreException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
