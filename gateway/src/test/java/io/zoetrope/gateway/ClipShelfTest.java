package io.zoetrope.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.gateway.pictures.PictureException;
import io.zoetrope.gateway.pictures.Rendered;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipShelfTest {
  @TempDir Path folder;
  private final AtomicInteger made = new AtomicInteger();

  @Test
  void shouldDropWhatNobodyHasAskedForInLongest() throws IOException {
    try (ClipShelf shelf = new ClipShelf(folder, 25)) {
      read(shelf, "a");
      read(shelf, "b");
      read(shelf, "a");
      read(shelf, "c");
      assertThat(made).hasValue(3);
      assertThat(files()).hasSize(2);
      read(shelf, "a");
      assertThat(made).hasValue(3);
      read(shelf, "b");
      assertThat(made).hasValue(4);
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void shouldServeOneThatIsLargerThanTheShelf() throws IOException {
    try (ClipShelf shelf = new ClipShelf(folder, 5)) {
      read(shelf, "a");
      read(shelf, "a");
      assertThat(made).hasValue(1);
      read(shelf, "b");
      assertThat(files()).hasSize(1);
    }
  }

  @Test
  void shouldLetThoseReadOnWhoHaveOpenedWhatIsDropped() throws IOException {
    try (ClipShelf shelf = new ClipShelf(folder, 5);
        InputStream open = Channels.newInputStream(shelf.open("a", maker("a")).bytes())) {
      read(shelf, "b");
      assertThat(open.readAllBytes()).isEqualTo(bytes("a"));
    }
  }

  @Test
  void shouldMakeOnceWhatSeveralWaitFor() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Supplier<Rendered> slow =
        () -> {
          begun.countDown();
          try {
            go.await(1, TimeUnit.MINUTES);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return maker("a").get();
        };
    try (ClipShelf shelf = new ClipShelf(folder, 100)) {
      CompletableFuture<byte[]> first = CompletableFuture.supplyAsync(() -> read(shelf, "a", slow));
      begun.await(1, TimeUnit.MINUTES);
      CompletableFuture<byte[]> second =
          CompletableFuture.supplyAsync(() -> read(shelf, "a", slow));
      go.countDown();
      assertThat(first.get(1, TimeUnit.MINUTES)).isEqualTo(bytes("a"));
      assertThat(second.get(1, TimeUnit.MINUTES)).isEqualTo(bytes("a"));
      assertThat(made).hasValue(1);
    }
  }

  @Test
  void shouldEmptyItsFolder() throws IOException {
    Files.writeString(folder.resolve("clip-before.mp4"), "left by a process that died");
    try (ClipShelf shelf = new ClipShelf(folder, 100)) {
      assertThat(files()).isEmpty();
      read(shelf, "a");
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void shouldLeaveNothingOfWhatBreaksOff() throws IOException {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("gone");
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            throw new IOException("gone");
          }
        };
    try (ClipShelf shelf = new ClipShelf(folder, 100)) {
      assertThatThrownBy(
              () -> shelf.open("a", () -> new Rendered("video/mp4", 10, null, null, broken)))
          .isInstanceOfSatisfying(
              PictureException.class,
              e -> assertThat(e.code()).isEqualTo(PictureException.UNAVAILABLE));
      assertThat(files()).isEmpty();
      assertThat(read(shelf, "a")).isEqualTo(bytes("a"));
    }
  }

  private byte[] read(ClipShelf shelf, String name) {
    return read(shelf, name, maker(name));
  }

  private static byte[] read(ClipShelf shelf, String name, Supplier<Rendered> maker) {
    try (InputStream bytes = Channels.newInputStream(shelf.open(name, maker).bytes())) {
      return bytes.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Supplier<Rendered> maker(String name) {
    return () -> {
      made.incrementAndGet();
      return Rendered.of("video/mp4", bytes(name), null);
    };
  }

  private static byte[] bytes(String name) {
    byte[] bytes = new byte[10];
    bytes[9] = (byte) name.charAt(0);
    return bytes;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
