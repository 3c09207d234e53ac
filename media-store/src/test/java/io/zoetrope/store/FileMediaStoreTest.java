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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileMediaStoreTest {
  // The digest of "abc" in FIPS 180-2, appendix B.1.
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir Path folder;

  @Test
  void shouldGiveBackTheBytesUnderTheirHash() throws IOException {
    MediaStore store = store();

    StoredVideo stored = store.put(bytes("abc"), 3);

    assertThat(stored.sha256()).isEqualTo(ABC);
    assertThat(stored.sizeBytes()).isEqualTo(3);
    assertThat(read(store, stored.location())).isEqualTo("abc");
    assertThat(store.describe(stored.location())).isEqualTo(stored);
  }

  @Test
  void shouldStoreTheSameBytesOnce() {
    MediaStore store = store();

    StoredVideo first = store.put(bytes("abc"), MediaStore.UNKNOWN_SIZE);
    StoredVideo second = store.put(bytes("abc"), MediaStore.UNKNOWN_SIZE);

    assertThat(second).isEqualTo(first);
    assertThat(files()).hasSize(1);
  }

  @Test
  void shouldKeepNothingOfAnUploadThatIsTooShort() {
    MediaStore store = store();

    assertCode("UPLOAD_INCOMPLETE", () -> store.put(bytes("abc"), 4));
    assertThat(files()).isEmpty();
  }

  @Test
  void shouldKeepNothingOfAnUploadThatBreaksOff() {
    MediaStore store = store();
    InputStream broken =
        new InputStream() {
          private int left = 1000;

          @Override
          public int read() throws IOException {
            if (left-- == 0) {
              throw new IOException("connection reset");
            }
            return 'x';
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            target[offset] = (byte) read();
            return 1;
          }
        };

    assertCode("UPLOAD_INCOMPLETE", () -> store.put(broken, MediaStore.UNKNOWN_SIZE));
    assertThat(files()).isEmpty();
  }

  @Test
  void shouldKeepPacketsWithTheirVideoUnderTheirHash() throws IOException {
    MediaStore store = store();

    StoredObject stored =
        store.keep(MediaStore.Kind.PACKETS, "v1", out -> out.write("abc".getBytes(UTF_8)));

    assertThat(stored.sha256()).isEqualTo(ABC);
    assertThat(stored.sizeBytes()).isEqualTo(3);
    assertThat(read(store, stored.location())).isEqualTo("abc");
    assertThat(files())
        .containsExactly(folder.toRealPath().resolve("store/packets/v1").resolve(ABC));
  }

  @Test
  void shouldKeepTheSamePacketsOfAVideoOnce() {
    MediaStore store = store();

    StoredObject first =
        store.keep(MediaStore.Kind.PACKETS, "v1", out -> out.write("abc".getBytes(UTF_8)));
    StoredObject second =
        store.keep(MediaStore.Kind.PACKETS, "v1", out -> out.write("abc".getBytes(UTF_8)));
    store.keep(MediaStore.Kind.PACKETS, "v2", out -> out.write("abc".getBytes(UTF_8)));

    assertThat(second).isEqualTo(first);
    assertThat(files()).as("one for each video").hasSize(2);
  }

  @Test
  void shouldKeepNothingOfPacketsThatCannotBeWritten() {
    MediaStore store = store();

    assertCode(
        "STORE_UNWRITABLE",
        () ->
            store.keep(
                MediaStore.Kind.PACKETS,
                "v1",
                out -> {
                  out.write(1);
                  throw new IOException("no space left");
                }));
    assertThat(files()).isEmpty();
  }

  @Test
  void shouldKeepPacketsWithVideosOnly() {
    assertThatThrownBy(() -> store().keep(MediaStore.Kind.PACKETS, "../v1", out -> out.write(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldRemoveAllOfARenderAndNothingElse() {
    MediaStore store = store();
    StoredObject packets = store.keep(MediaStore.Kind.PACKETS, "v1", out -> out.write(1));
    StoredObject gone = store.keep(MediaStore.Kind.RENDERS, "v1/r1", out -> out.write(1));
    store.keep(MediaStore.Kind.RENDERS, "v1/r1", out -> out.write(2));
    StoredObject same = store.keep(MediaStore.Kind.RENDERS, "v1/r2", out -> out.write(1));

    store.delete(MediaStore.Kind.RENDERS, "v1/r1");
    store.delete(MediaStore.Kind.RENDERS, "v1/r3");

    assertThat(files())
        .containsExactlyInAnyOrder(Path.of(packets.location()), Path.of(same.location()));
    assertCode("LOCATION_NOT_FOUND", () -> store.open(gone.location()));
    assertThat(store.keep(MediaStore.Kind.RENDERS, "v1/r1", out -> out.write(1))).isEqualTo(gone);
  }

  @Test
  void shouldClearWhatAnEarlierLifeLeftHalfArrived() throws IOException {
    FileMediaStore store = store();
    Files.writeString(folder.resolve("store/incoming/upload-1.part"), "half");

    store.clearIncoming();

    assertThat(files()).isEmpty();
  }

  @Test
  void shouldReadFromAllowedFoldersOnly() throws IOException {
    Path allowed = Files.createDirectory(folder.resolve("allowed"));
    Path inside = Files.writeString(allowed.resolve("a.mp4"), "abc");
    Path outside = Files.writeString(folder.resolve("b.mp4"), "abc");
    Path link = Files.createSymbolicLink(allowed.resolve("link.mp4"), outside);
    MediaStore store = FileMediaStore.open(folder.resolve("store"), List.of(allowed));

    assertThat(store.describe(inside.toUri())).isEqualTo(new StoredVideo(ABC, 3, inside.toUri()));
    assertCode("LOCATION_REFUSED", () -> store.open(outside.toUri()));
    assertCode("LOCATION_REFUSED", () -> store.open(link.toUri()));
    assertCode("LOCATION_REFUSED", () -> store.open(URI.create("http://127.0.0.1/a.mp4")));
    assertCode("LOCATION_NOT_FOUND", () -> store.open(allowed.resolve("none.mp4").toUri()));
    assertCode("LOCATION_UNREADABLE", () -> store.open(allowed.toUri()));
  }

  private FileMediaStore store() {
    return FileMediaStore.open(folder.resolve("store"), List.of());
  }

  private List<Path> files() {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertCode(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            MediaStoreException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static String read(MediaStore store, URI location) throws IOException {
    try (SeekableByteChannel channel = store.open(location)) {
      return new String(Channels.newInputStream(channel).readAllBytes(), UTF_8);
    }
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
