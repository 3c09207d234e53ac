package io.zoetrope.cli.app;

import io.zoetrope.cli.config.Configuration;
import io.zoetrope.cli.config.Settings;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.store.FileMediaStore;
import io.zoetrope.store.MediaStore;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where videos are kept, and where else they may be read from.
 *
 * @param store empty for a folder of one's own
 * @param locations folders that videos may be read from, beside the store
 */
public record MediaStoreSettings(Optional<URI> store, List<Path> locations) {
  /** As configured. */
  static MediaStoreSettings of(Configuration configuration) {
    return new MediaStoreSettings(
        configuration.find(Settings.MEDIA_STORE),
        configuration.find(Settings.MEDIA_LOCATIONS).orElse(List.of()));
  }

  /** What all of this process's parts share, and nobody else: {@code folder}, unless configured. */
  MediaStore openOr(Path folder) {
    if (store.isPresent()) {
      return open();
    }
    FileMediaStore own = FileMediaStore.open(folder, locations);
    own.clearIncoming();
    return own;
  }

  /**
   * What the processes of a cluster share.
   *
   * @throws UserError {@code CONFIG_INVALID} where none is configured
   */
  MediaStore open() {
    URI place =
        store.orElseThrow(
            () ->
                new UserError(
                    "CONFIG_INVALID",
                    "splitters, detectors and gateways read and keep videos in one place; name it with --media-store"));
    if (!"file".equals(place.getScheme())) {
      throw new UserError(
          "CONFIG_INVALID", "the media store %s is of no known kind".formatted(place));
    }
    return FileMediaStore.open(Path.of(place), locations);
  }
}
