package io.zoetrope.cli.app;

import io.zoetrope.cli.config.Configuration;
import io.zoetrope.cli.config.Settings;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.media.MediaLimits;

/** The settings {@code media.limits.*}. */
final class MediaLimitSettings {
  private MediaLimitSettings() {}

  /**
   * As configured.
   *
   * @throws UserError {@code CONFIG_INVALID} for a limit that nothing can keep
   */
  static MediaLimits of(Configuration configuration) {
    try {
      return new MediaLimits(
          configuration.get(Settings.LIMIT_PIXELS),
          configuration.get(Settings.LIMIT_DURATION),
          configuration.get(Settings.LIMIT_STREAMS),
          (int) Math.min(Integer.MAX_VALUE, configuration.get(Settings.LIMIT_PACKET).bytes()),
          configuration.get(Settings.LIMIT_BATCHES),
          configuration.get(Settings.LIMIT_PROBE_SIZE).bytes(),
          configuration.get(Settings.LIMIT_PROBE_TIME));
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "CONFIG_INVALID",
          "the sizes and times of media.limits have to be more than 0; `zoetrope config` lists them",
          e);
    }
  }
}
