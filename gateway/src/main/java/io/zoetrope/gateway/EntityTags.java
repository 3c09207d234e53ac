package io.zoetrope.gateway;

import java.util.Arrays;

/** Entity tags as a request names them (RFC 9110, 13.1.2). */
final class EntityTags {
  private EntityTags() {}

  /**
   * Whether {@code tag}, with its quotes, is among them.
   *
   * @param header of the request; null where it has none
   */
  static boolean isAmong(String header, String tag) {
    return header != null
        && Arrays.stream(header.split(",", -1))
            .map(known -> known.strip().replaceFirst("^W/", ""))
            .anyMatch(known -> known.equals(tag) || known.equals("*"));
  }
}
