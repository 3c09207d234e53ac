package io.zoetrope.gateway;

/** A request that can't be granted; {@link #code} is stable, the message is a sentence. */
final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  ApiException(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  static ApiException parameterInvalid(String message) {
    return new ApiException(400, "PARAMETER_INVALID", message);
  }

  static ApiException videoUnknown(String videoId) {
    return new ApiException(404, "VIDEO_UNKNOWN", "there is no video " + videoId);
  }

  static ApiException runUnknown(String videoId, String runId) {
    return new ApiException(
        404, "RUN_UNKNOWN", "there is no run %s of video %s".formatted(runId, videoId));
  }

  static ApiException renderUnknown(String videoId, String renderId) {
    return new ApiException(
        404,
        "RENDER_UNKNOWN",
        "there is no annotated video %s of video %s".formatted(renderId, videoId));
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }
}
