package io.zoetrope.gateway;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.zoetrope.gateway.pictures.Pictures;
import io.zoetrope.store.MediaStore;
import io.zoetrope.topology.query.VideoQueries;
import java.nio.file.Path;

/**
 * What the gateway works with, and doesn't close.
 *
 * @param meters shown at {@code /metrics}
 * @param schemas answered for as a registry; null where the installation has another
 * @param internal answered to other instances; null where there are none
 * @param pictures made of videos; null where nobody makes any
 * @param clips folder of this gateway alone, for clips while they are watched; emptied at start and
 *     at the end. Null where nobody makes any
 */
public record GatewayServices(
    MediaStore store,
    VideoQueries queries,
    Publisher publisher,
    Health health,
    PrometheusMeterRegistry meters,
    SchemaDirectory schemas,
    InternalQueries internal,
    Pictures pictures,
    Path clips) {
  public GatewayServices {
    if (pictures != null && clips == null) {
      throw new IllegalArgumentException("clips need a folder");
    }
  }

  /** Of an installation in which nobody makes pictures. */
  public GatewayServices(
      MediaStore store,
      VideoQueries queries,
      Publisher publisher,
      Health health,
      PrometheusMeterRegistry meters,
      SchemaDirectory schemas,
      InternalQueries internal) {
    this(store, queries, publisher, health, meters, schemas, internal, null, null);
  }

  /** Of an installation without other instances. */
  public GatewayServices(
      MediaStore store,
      VideoQueries queries,
      Publisher publisher,
      Health health,
      PrometheusMeterRegistry meters,
      SchemaDirectory schemas) {
    this(store, queries, publisher, health, meters, schemas, null);
  }
}
