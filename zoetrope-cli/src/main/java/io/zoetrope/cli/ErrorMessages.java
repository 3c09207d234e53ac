package io.zoetrope.cli;

import io.zoetrope.catalogue.CatalogueException;
import io.zoetrope.cli.client.ApiException;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.schemas.EventException;
import java.io.PrintWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Puts every failure in one line, {@code zoetrope: CODE: sentence}. The stack trace goes to the
 * log.
 */
final class ErrorMessages implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorMessages.class);

  static final int FAILED = 1;
  static final int UNUSABLE = 2;

  static void print(PrintWriter err, String code, String sentence) {
    err.println("zoetrope: " + code + ": " + sentence);
  }

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    String message = e.getMessage().replace(System.lineSeparator(), " ");
    StringBuilder sentence = new StringBuilder(message.replaceFirst("^Error: ", ""));
    if (e instanceof UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      sentence.append("; did you mean ").append(unmatched.getSuggestions().get(0)).append('?');
    }
    String help = command.getCommandSpec().qualifiedName() + " --help";
    print(command.getErr(), "USAGE_INVALID", sentence + " (`" + help + "` tells more)");
    return UNUSABLE;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    if (e instanceof UserError error) {
      LOG.debug("{}", error.code(), e);
      print(command.getErr(), error.code(), error.getMessage());
      return UNUSABLE;
    }
    if (e instanceof ApiException error) {
      LOG.debug("{}", error.code(), e);
      print(command.getErr(), error.code(), error.getMessage());
      return UNUSABLE;
    }
    if (e instanceof EventException error) {
      LOG.debug("{}", error.code(), e);
      print(command.getErr(), error.code(), error.getMessage());
      return UNUSABLE;
    }
    if (e instanceof CatalogueException error) {
      LOG.debug("{}", error.code(), e);
      print(command.getErr(), error.code().name(), error.getMessage());
      return UNUSABLE;
    }
    LOG.error("unexpected", e);
    print(
        command.getErr(),
        "INTERNAL_ERROR",
        "something went wrong that should not (" + e + "); with --verbose there is more to see");
    return FAILED;
  }
}
