package io.zoetrope.topology;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

/**
 * Sets a record that can't be read aside in the dead-letter topic. Where it wasn't the record's
 * fault, as with a schema registry that doesn't answer, the thread stops: the record may be fine.
 */
public final class UnreadableRecordHandler implements DeserializationExceptionHandler {
  private final SetAside aside = new SetAside();

  @Override
  public void configure(Map<String, ?> settings) {
    aside.configure(settings);
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
    return exception instanceof SerializationException
        ? Response.resume(aside.letters(record, FailedBatches.UNREADABLE, exception.getMessage()))
        : Response.fail();
  }
}
