package io.zoetrope.topology;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Sets an invalid record aside in the dead-letter topic. Whatever else goes wrong may have left an
 * update half done, and stops the thread.
 */
public final class InvalidEventHandler implements ProcessingExceptionHandler {
  private final SetAside aside = new SetAside();

  @Override
  public void configure(Map<String, ?> settings) {
    aside.configure(settings);
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
    if (!(exception instanceof InvalidEventException)) {
      return Response.fail();
    }
    ConsumerRecord<byte[], byte[]> source =
        new ConsumerRecord<>(
            context.topic(),
            context.partition(),
            context.offset(),
            context.sourceRawKey(),
            context.sourceRawValue());
    context.headers().forEach(source.headers()::add);
    return Response.resume(aside.letters(source, FailedBatches.INVALID, exception.getMessage()));
  }
}
