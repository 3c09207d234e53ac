package io.zoetrope.cli.config;

import java.util.Locale;
import java.util.Optional;

/**
 * One row of the table of {@link Settings}.
 *
 * @param key in a file {@code http.port=8080}; in the environment {@code ZOETROPE_HTTP_PORT}
 * @param flag on the command line, {@code --port}; null where there is none
 * @param fallback the default in the form of {@code type}; null where there is none
 * @param description one sentence without its full stop
 */
public record Setting<T>(
    String key, String flag, SettingType<T> type, String fallback, String description) {
  static final String ENVIRONMENT_PREFIX = "ZOETROPE_";

  public Optional<String> defaultValue() {
    return Optional.ofNullable(fallback);
  }

  /** {@code NUMBER}, {@code FILE}: what stands for the value in a line of help. */
  public String placeholder() {
    return type.placeholder();
  }

  String variable() {
    return ENVIRONMENT_PREFIX + key.replace('.', '_').toUpperCase(Locale.ROOT);
  }
}
