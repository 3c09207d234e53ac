package io.zoetrope.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives every test class the same {@link S3Server}, which is closed after the last of them. */
final class OneS3Server implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(OneS3Server.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext extension) {
    return parameter.getParameter().getType() == S3Server.class;
  }

  @Override
  public S3Server resolveParameter(ParameterContext parameter, ExtensionContext extension) {
    return extension
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(S3Server.class, unknown -> start(), S3Server.class);
  }

  private static S3Server start() {
    try {
      return S3Server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
