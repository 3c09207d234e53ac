package io.zoetrope.cli.error;

/**
 * Something that the user can put right: a stable code and one sentence that names the input and
 * says what to do. The command line prints both without a stack trace and ends with exit status 2.
 */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * Says what is wrong.
   *
   * @param code stable, in capitals, for programs: {@code DATA_FOLDER_IN_USE}
   * @param sentence for people: what is wrong with which input, and what to do
   */
  public UserError(String code, String sentence) {
    this(code, sentence, null);
  }

  public UserError(String code, String sentence, Throwable cause) {
    super(sentence, cause);
    this.code = code;
  }

  public String code() {
    return code;
  }
}
