package io.zoetrope.isolation;

/** An orderly end of a trial that the process that asked wants to hear of, in these words. */
public final class TrialFailureException extends Exception {
  private static final long serialVersionUID = 1L;

  public TrialFailureException(String message, Throwable cause) {
    super(message, cause);
  }
}
