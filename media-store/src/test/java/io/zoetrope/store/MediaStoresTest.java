package io.zoetrope.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaStoresTest {
  @TempDir Path folder;

  @Test
  void shouldOpenAFolderByItsPathOrItsUri() throws IOException {
    Path allowed = Files.createDirectory(folder.resolve("allowed"));
    Path video = Files.writeString(allowed.resolve("a.mp4"), "abc");

    try (MediaStore byPath = MediaStores.open(URI.create(folder + "/store"), List.of());
        MediaStore byUri =
            MediaStores.open(folder.resolve("store").toUri(), List.of(allowed.toUri()))) {
      StoredVideo stored = byPath.put(new ByteArrayInputStream(new byte[7]), 7);

      assertThat(byUri.describe(stored.location())).isEqualTo(stored);
      assertThat(byUri.describe(video.toUri()).sizeBytes()).isEqualTo(3);
    }
  }

  @Test
  void shouldReadAnAddressInAnObjectStore() {
    S3Address plain = S3Address.of(URI.create("s3://my_bucket/a/b/"));
    S3Address elsewhere =
        S3Address.of(
            URI.create("s3://bucket?endpoint=http%3A%2F%2Flocalhost:9000&region=eu-central-1"));

    assertThat(plain.root()).isEqualTo(new S3Location("my_bucket", "a/b"));
    assertThat(plain.endpoint()).isEmpty();
    assertThat(elsewhere.root()).isEqualTo(new S3Location("bucket", ""));
    assertThat(elsewhere.endpoint()).contains(URI.create("http://localhost:9000"));
    assertThat(elsewhere.region()).isEqualTo(Optional.of("eu-central-1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://host/videos",
        "s3:bucket",
        "s3://bucket/../other",
        "s3://bucket?endpoint=minio",
        "s3://bucket?secret=abc"
      })
  void shouldRefuseWhatIsNoMediaStore(String uri) {
    assertThatThrownBy(() -> MediaStores.open(URI.create(uri), List.of()))
        .isInstanceOfSatisfying(
            MediaStoreException.class, e -> assertThat(e.code()).isEqualTo("CONFIG_INVALID"))
        .hasMessageContaining(uri.split("\\?", -1)[0]);
  }

  @Test
  void shouldReadFromAnObjectStoreOnlyWhereTheVideosGoToOne() {
    assertThatThrownBy(
            () -> MediaStores.open(folder.toUri(), List.of(URI.create("s3://bucket/uploads"))))
        .isInstanceOfSatisfying(
            MediaStoreException.class, e -> assertThat(e.code()).isEqualTo("CONFIG_INVALID"));
  }
}
