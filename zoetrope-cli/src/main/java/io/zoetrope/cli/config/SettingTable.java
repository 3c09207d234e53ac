package io.zoetrope.cli.config;

import java.util.ArrayList;
import java.util.List;

/** The rows of {@link Settings}, in the order in which they are written there. */
final class SettingTable {
  private final List<Setting<?>> rows = new ArrayList<>();

  /** A setting without a flag. */
  <T> Row<T> row(String key, SettingType<T> type) {
    return row(key, null, type);
  }

  <T> Row<T> row(String key, String flag, SettingType<T> type) {
    return new Row<>(key, flag, type);
  }

  List<Setting<?>> rows() {
    return List.copyOf(rows);
  }

  /** A row that isn't in the table before it {@link #means} something. */
  final class Row<T> {
    private final String key;
    private final String flag;
    private final SettingType<T> type;
    private String fallback;

    private Row(String key, String flag, SettingType<T> type) {
      this.key = key;
      this.flag = flag;
      this.type = type;
    }

    /**
     * @param text in the form of the type
     */
    Row<T> byDefault(String text) {
      fallback = text;
      return this;
    }

    /**
     * @param description one sentence without its full stop
     */
    Setting<T> means(String description) {
      Setting<T> setting = new Setting<>(key, flag, type, fallback, description);
      rows.add(setting);
      return setting;
    }
  }
}
