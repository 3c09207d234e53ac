package io.zoetrope.topology;

import java.util.Map;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Sets an invalid record aside in the dead-letter topic. Whatever else goes wrong may have left an
 * update half done, and stops the thread.
 */
public final class InvalidEventHandler implements ProcessingExceptionHandler {
  private final ProcessingExceptionHandler aside = new LogAndContinueProcessingExceptionHandler();

  @Override
  public void configure(Map<String, ?> settings) {
    aside.configure(settings);
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
    return exception instanceof InvalidEventException
        ? aside.handleError(context, record, exception)
        : Response.fail();
  }
}
