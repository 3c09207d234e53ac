package io.zoetrope.cli.app;

import io.zoetrope.cli.config.Configuration;
import io.zoetrope.cli.config.Settings;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.detector.onnx.Device;

/** The settings {@code device} and {@code device.*}. */
final class DeviceSettings {
  private DeviceSettings() {}

  /**
   * As configured.
   *
   * @throws UserError {@code CONFIG_INVALID} for an option that the device doesn't have
   */
  static Device of(Configuration configuration) {
    try {
      return new Device(
          configuration.get(Settings.DEVICE),
          configuration.find(Settings.DEVICE_ID),
          configuration.get(Settings.DEVICE_FLOAT16),
          configuration.find(Settings.DEVICE_CACHE),
          configuration.find(Settings.BATCH_SIZE));
    } catch (IllegalArgumentException e) {
      throw new UserError("CONFIG_INVALID", "the device can't be used so: " + e.getMessage(), e);
    }
  }
}
