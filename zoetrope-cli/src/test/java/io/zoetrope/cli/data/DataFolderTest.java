package io.zoetrope.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.cli.error.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path temporary;

  @Test
  void shouldCreateItsSubfolders() throws Exception {
    try (DataFolder folder = DataFolder.open(temporary.resolve("a/b"))) {
      assertThat(folder.broker()).isDirectory();
      assertThat(folder.media()).isDirectory();
      assertThat(folder.state()).isDirectory();
    }
  }

  @Test
  void shouldRefuseAFolderInUseAndNameItsHolder() throws Exception {
    Path path = temporary.resolve("data");
    try (DataFolder folder = DataFolder.open(path)) {
      assertThatThrownBy(() -> DataFolder.open(folder.path()))
          .isInstanceOfSatisfying(
              UserError.class, e -> assertThat(e.code()).isEqualTo("DATA_FOLDER_IN_USE"))
          .hasMessageContaining(path.toString())
          .hasMessageContaining("(process " + ProcessHandle.current().pid() + ")");
    }
    DataFolder.open(path).close();
  }

  @Test
  void shouldRefuseAFolderThatCanNotBeCreated() throws Exception {
    Path file = Files.createFile(temporary.resolve("file"));

    assertThatThrownBy(() -> DataFolder.open(file.resolve("data")))
        .isInstanceOfSatisfying(
            UserError.class, e -> assertThat(e.code()).isEqualTo("DATA_FOLDER_UNWRITABLE"))
        .hasMessageContaining("--data");
  }

  @Test
  void shouldDeleteAPrivateFolderAtItsEndAndTheLeftOversOfOthersAtItsStart() throws Exception {
    Path cache = temporary.resolve("cache");
    Path leftOver = cache.resolve("run-killed/broker");
    Files.createDirectories(leftOver);
    Files.createFile(leftOver.resolve("segment.log"));

    try (PrivateFolder running = PrivateFolder.create(cache, Optional.empty())) {
      PrivateFolder second = PrivateFolder.create(cache, Optional.empty());
      assertThat(folders(cache))
          .containsExactlyInAnyOrder(running.folder().path(), second.folder().path());
      second.close();
    }

    assertThat(folders(cache)).isEmpty();
  }

  @Test
  void shouldGoOnInTheFolderOfTheProcessThatCrashed() throws Exception {
    Path cache = temporary.resolve("cache");
    Path crashed = Files.createDirectories(cache.resolve("run-crashed"));
    Files.writeString(crashed.resolve(DataFolder.LOCK_FILE), "4711");
    Path other = Files.createDirectories(cache.resolve("run-other"));
    Files.writeString(other.resolve(DataFolder.LOCK_FILE), "4712");

    try (PrivateFolder resumed = PrivateFolder.create(cache, Optional.of("4711"))) {
      assertThat(resumed.folder().path()).isEqualTo(crashed);
      assertThat(folders(cache)).containsExactly(crashed);
    }

    try (PrivateFolder fresh = PrivateFolder.create(cache, Optional.of("4711"))) {
      assertThat(fresh.folder().path()).isNotEqualTo(crashed);
    }
  }

  @Test
  void shouldFollowTheXdgSpecificationForItsCacheFolder() {
    Path home = Path.of("/home/anna");

    assertThat(PrivateFolder.cacheFolder(Map.of(), home))
        .isEqualTo(Path.of("/home/anna/.cache/zoetrope"));
    assertThat(PrivateFolder.cacheFolder(Map.of("XDG_CACHE_HOME", "/var/cache"), home))
        .isEqualTo(Path.of("/var/cache/zoetrope"));
    assertThat(PrivateFolder.cacheFolder(Map.of("XDG_CACHE_HOME", "relative"), home))
        .isEqualTo(Path.of("/home/anna/.cache/zoetrope"));
  }

  private static List<Path> folders(Path cache) throws Exception {
    try (Stream<Path> children = Files.list(cache)) {
      return children.filter(Files::isDirectory).toList();
    }
  }
}
