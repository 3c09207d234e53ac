package io.zoetrope.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.URI;
import java.net.URL;
import java.nio.file.Path;

/** Where tests find models and videos: tiny ones beside them, real ones in the shared folder. */
public final class TestModels {
  private TestModels() {}

  /** One of those that {@code make_models.py} makes. */
  public static Path tiny(String name) {
    URL resource = TestModels.class.getResource("/models/" + name);
    assertThat(resource).as(name).isNotNull();
    return Path.of(URI.create(resource.toString()));
  }

  /** A file of the shared folder; the test is skipped where there is no such folder. */
  public static Path shared(String name) {
    Path file = Path.of(System.getProperty("zoetrope.shared", "../shared"), name);
    assumeThat(file).as("needs the shared models and videos").exists();
    return file;
  }
}
