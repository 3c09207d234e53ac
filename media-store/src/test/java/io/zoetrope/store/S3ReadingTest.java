package io.zoetrope.store;

import static io.zoetrope.store.S3Rig.ABC;
import static io.zoetrope.store.S3Rig.MIB;
import static io.zoetrope.store.S3Rig.assertCode;
import static io.zoetrope.store.S3Rig.bytes;
import static io.zoetrope.store.S3Rig.elsewhere;
import static io.zoetrope.store.S3Rig.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is read from where, and what is not; against a server that others wrote. */
@ExtendWith(OneS3Server.class)
class S3ReadingTest {
  @TempDir Path folder;
  private final S3Server server;
  private S3Rig rig;
  private MediaStore store;

  S3ReadingTest(S3Server server) {
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
        MediaStore distant = rig.open(proxy.port(), List.of(), List.of());
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
    try (MediaStore distant = rig.openImpatient(proxy.port());
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
    rig.putElsewhere("uploads/a.mp4", "abc");
    try (MediaStore allowing =
            rig.open(
                server.port(), List.of(new S3Location(S3Server.BUCKET, "uploads")), List.of());
        SeekableByteChannel channel = allowing.open(elsewhere("uploads/a.mp4"))) {
      rig.putElsewhere("uploads/a.mp4", "xyz");

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
    rig.putElsewhere("uploads/a b.mp4", "abc");
    rig.putElsewhere("uploads-of-others/a.mp4", "abc");

    try (MediaStore allowing =
        rig.open(
            server.port(),
            List.of(new S3Location(S3Server.BUCKET, "uploads")),
            List.of(inside.getParent()))) {
      URI allowed = elsewhere("uploads/a%20b.mp4");
      assertThat(allowing.describe(allowed)).isEqualTo(new StoredVideo(ABC, 3, allowed));
      assertThat(allowing.describe(inside.toUri()))
          .isEqualTo(new StoredVideo(ABC, 3, inside.toUri()));
      assertCode("LOCATION_REFUSED", () -> allowing.open(elsewhere("uploads-of-others/a.mp4")));
      assertCode("LOCATION_REFUSED", () -> allowing.open(elsewhere("uploads/../secret")));
      assertCode("LOCATION_REFUSED", () -> allowing.open(URI.create("s3://another/uploads/a.mp4")));
      assertCode("LOCATION_REFUSED", () -> allowing.open(URI.create("http://127.0.0.1/a.mp4")));
      assertCode("LOCATION_REFUSED", () -> allowing.open(outside.toUri()));
      assertCode("LOCATION_NOT_FOUND", () -> allowing.open(elsewhere("uploads/none.mp4")));
    }
  }
}
