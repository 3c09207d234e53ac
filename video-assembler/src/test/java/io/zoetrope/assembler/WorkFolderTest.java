package io.zoetrope.assembler;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.assembler.WorkFolder.WorkFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {
  @TempDir private Path folder;

  @Test
  void shouldDeleteWhatAKilledProcessLeftBehind() throws Exception {
    Files.writeString(folder.resolve("half.mp4"), "half");

    WorkFolder.open(folder);

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void shouldDeleteAFileWhenItIsClosed() throws Exception {
    WorkFolder work = WorkFolder.open(folder.resolve("new"));
    Path path;
    try (WorkFile file = work.newFile()) {
      path = Files.writeString(file.path(), "whole");
      assertThat(path).exists();
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void shouldNotMindAFileThatNeverCameToBe() {
    try (WorkFile file = WorkFolder.open(folder).newFile()) {
      assertThat(file.path()).doesNotExist();
    }
  }
}
