package io.zoetrope.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives every test class the same {@link Stage}, which is closed after the last of them. What its
 * processes printed and stored stays behind where {@code -Dzoetrope.faults.keep=true} says so.
 */
final class OneStage implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(OneStage.class);

  /** A stage, or why there is none, which no second try would change. */
  private record Kept(Stage stage, Throwable failure, Path folder) implements AutoCloseable {
    static Kept set() {
      Path folder = freshFolder();
      try {
        return new Kept(Stage.set(folder), null, folder);
      } catch (Exception | AssertionError e) {
        return new Kept(null, e, folder);
      }
    }

    private static Path freshFolder() {
      try {
        return Files.createTempDirectory("zoetrope-faults");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Stage found() {
      if (stage == null) {
        throw new IllegalStateException("the installation couldn't be started", failure);
      }
      return stage;
    }

    @Override
    public void close() throws IOException {
      if (stage != null) {
        stage.close();
      }
      if (Boolean.getBoolean("zoetrope.faults.keep")) {
        System.out.println("what the processes printed: " + folder);
      } else {
        Folders.delete(folder);
      }
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
        .found();
  }
}
