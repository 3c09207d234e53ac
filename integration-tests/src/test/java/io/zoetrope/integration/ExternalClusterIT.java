package io.zoetrope.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.zoetrope.cli.broker.EmbeddedBroker;
import io.zoetrope.cli.data.DataFolder;
import io.zoetrope.gateway.Gateway;
import io.zoetrope.gateway.GatewayServices;
import io.zoetrope.gateway.GatewaySettings;
import io.zoetrope.gateway.Health;
import io.zoetrope.gateway.SchemaDirectory;
import io.zoetrope.integration.Application.Finished;
import io.zoetrope.samples.Samples;
import io.zoetrope.schemas.RunDefaults;
import io.zoetrope.schemas.registry.LogSchemaRegistry;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster and a schema registry that the application didn't start. */
class ExternalClusterIT {
  @TempDir Path folder;

  @Test
  void shouldDetectOnAnotherClusterWithItsRegistry() throws Exception {
    try (DataFolder data = DataFolder.open(folder.resolve("cluster"));
        EmbeddedBroker broker = EmbeddedBroker.start(data);
        LogSchemaRegistry schemas =
            LogSchemaRegistry.open(Map.of("bootstrap.servers", broker.bootstrapServers()));
        Gateway registry = registry(schemas)) {
      Finished finished =
          new Application(folder)
              .run(
                  "detect",
                  Samples.copyVideo(folder).toString(),
                  "--bootstrap-servers",
                  broker.bootstrapServers(),
                  "--schema-registry",
                  "http://127.0.0.1:" + registry.port());

      assertThat(finished.status()).as(finished.err()).isZero();
      assertThat(finished.out())
          .contains("%1$d of %1$d frames processed".formatted(Samples.VIDEO_FRAMES));
      assertThat(schemas.subjects()).contains("zoetrope.videos.v1-value");
    }
  }

  /** A gateway of which only the registry's routes are asked. */
  private static Gateway registry(LogSchemaRegistry schemas) {
    return new Gateway(
        new GatewaySettings("127.0.0.1", 0, new RunDefaults("none", 0, 0, 0), Map.of()),
        new GatewayServices(
            null,
            null,
            null,
            new Health(Map.of(), Map.of()),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            SchemaDirectory.of(schemas)));
  }
}
