package io.zoetrope.gateway;

/** A wish that the Kafka cluster didn't take; asking again is in order. */
public final class PublishException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PublishException(String message, Throwable cause) {
    super(message, cause);
  }

  /** {@code BROKER_UNREACHABLE}. */
  public String code() {
    return "BROKER_UNREACHABLE";
  }
}
