package io.zoetrope.cli.app;

import io.zoetrope.cli.error.UserError;
import io.zoetrope.detector.family.ModelException;
import io.zoetrope.gateway.GatewayException;
import io.zoetrope.schemas.EventException;
import io.zoetrope.store.MediaStoreException;

/** What the modules find wrong at a start, as something that the user can put right. */
final class StartFailures {
  private StartFailures() {}

  /** {@code e} in the words that the command line prints; itself where it is a defect. */
  static RuntimeException inWords(RuntimeException e) {
    if (e instanceof ModelException model) {
      return new UserError(model.code().name(), e.getMessage(), e);
    }
    if (e instanceof EventException event) {
      return new UserError(event.code(), e.getMessage(), e);
    }
    if (e instanceof MediaStoreException media) {
      return new UserError(media.code(), e.getMessage(), e);
    }
    if (e instanceof GatewayException gateway) {
      return new UserError(gateway.code(), e.getMessage(), e);
    }
    return e;
  }
}
