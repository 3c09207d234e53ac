package io.zoetrope.gateway;

import io.javalin.http.Context;
import java.util.regex.Pattern;

/** The ids in a request's path; what has no form of an id names nothing that there is. */
final class Ids {
  private static final Pattern VIDEO_ID = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern ID = Pattern.compile("[0-9a-f]{24}");

  private Ids() {}

  /** {@code VIDEO_UNKNOWN} where it can be none. */
  static String videoId(Context http) {
    String videoId = http.pathParam("videoId");
    if (!VIDEO_ID.matcher(videoId).matches()) {
      throw ApiException.videoUnknown(videoId);
    }
    return videoId;
  }

  /** {@code RUN_UNKNOWN} where it can be none. */
  static String runId(String videoId, String runId) {
    if (!ID.matcher(runId).matches()) {
      throw ApiException.runUnknown(videoId, runId);
    }
    return runId;
  }

  /** {@code RENDER_UNKNOWN} where it can be none. */
  static String renderId(String videoId, Context http) {
    String renderId = http.pathParam("renderId");
    if (!ID.matcher(renderId).matches()) {
      throw ApiException.renderUnknown(videoId, renderId);
    }
    return renderId;
  }
}
