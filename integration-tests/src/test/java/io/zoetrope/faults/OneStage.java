package io.zoetrope.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives every test class the same {@link Stage}, which is closed after the last of them. */
final class OneStage implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(OneStage.class);

  private record Kept(Stage stage, Path folder) implements AutoCloseable {
    static Kept set() {
      try {
        Path folder = Files.createTempDirectory("zoetrope-faults");
        return new Kept(Stage.set(folder), folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (Exception e) {
        throw new IllegalStateException("the installation couldn't be started", e);
      }
    }

    @Override
    public void close() throws IOException {
      stage.close();
      Folders.delete(folder);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext extension) {
    return parameter.getParameter().getType() == Stage.class;
  }

  @Override
  public Stage resolveParameter(ParameterContext parameter, ExtensionContext extension) {
    return extension
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(Kept.class, unknown -> Kept.set(), Kept.class)
        .stage();
  }
}
