package io.zoetrope.assembler;

import io.zoetrope.batches.BatchException;
import io.zoetrope.batches.BatchReferences;
import io.zoetrope.media.MediaException;
import io.zoetrope.store.MediaStoreException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A render that can't be; trying again as it is leads to the same. */
final class RenderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  RenderException(String code, String message) {
    this(code, message, null);
  }

  private RenderException(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** Stable, for programs. */
  String code() {
    return code;
  }

  /**
   * What became of the render.
   *
   * @throws RuntimeException {@code cause} where it says nothing about the render, and passes
   */
  static RenderException of(RuntimeException cause) {
    if (isPassing(cause)) {
      throw cause;
    }
    if (cause instanceof RenderException same) {
      return same;
    }
    if (cause instanceof MediaException e) {
      return new RenderException(e.code().name(), e.getMessage(), e);
    }
    if (cause instanceof MediaStoreException e) {
      return new RenderException(e.code(), e.getMessage(), e);
    }
    if (cause instanceof BatchException e) {
      return new RenderException(e.code(), e.getMessage(), e);
    }
    if (cause instanceof UncheckedIOException e) {
      return unwritable(e.getCause());
    }
    return new RenderException(
        "RENDER_FAILED",
        "The annotated video can't be made: %s; look into the assembler's log.".formatted(cause),
        cause);
  }

  /** Whether a failure passes, by itself or because what is behind it comes back. */
  static boolean isPassing(Throwable failure) {
    return failure instanceof RenderLedger.LedgerUnavailableException
        || failure instanceof AssemblerPublisher.UnpublishedException
        || failure instanceof org.apache.kafka.common.KafkaException
        || BatchReferences.isPassing(failure);
  }

  private static RenderException unwritable(IOException e) {
    return new RenderException(
        "WORK_FOLDER_UNWRITABLE",
        "An assembler can't write what it is making (%s); make room on its disk, and ask for the render again."
            .formatted(e.getMessage()),
        e);
  }
}
