package io.zoetrope.cli.app;

import io.zoetrope.cli.config.Configuration;
import io.zoetrope.cli.config.Settings;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.store.FileMediaStore;
import io.zoetrope.store.MediaStore;
import io.zoetrope.store.MediaStores;
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

  /** The store that is configured, else {@code folder}, which is this process's alone. */
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
                    "splitters, detectors and gateways keep videos in one place; name it with --media-store"));
    return MediaStores.open(place, locations.stream().map(Path::toUri).toList());
  }
}
