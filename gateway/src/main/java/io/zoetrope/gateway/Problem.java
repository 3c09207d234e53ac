package io.zoetrope.gateway;

import io.javalin.http.Context;
import java.util.Locale;

/** A problem document as RFC 9457 defines it, with a stable code. */
record Problem(String type, String title, int status, String detail, String code, String instance) {
  static final String CONTENT_TYPE = "application/problem+json";

  private static final String TYPE_PREFIX = "urn:zoetrope:error:";

  static Problem of(int status, String code, String detail, String instance) {
    return new Problem(TYPE_PREFIX + code, title(code), status, detail, code, instance);
  }

  /** Answers {@code http} with it. */
  void answer(Context http) {
    Json.answer(http, status, CONTENT_TYPE, this);
  }

  // VIDEO_UNKNOWN reads "Video unknown".
  private static String title(String code) {
    return code.charAt(0) + code.substring(1).toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
