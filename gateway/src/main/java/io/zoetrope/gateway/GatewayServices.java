package io.zoetrope.gateway;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.zoetrope.store.MediaStore;
import io.zoetrope.topology.query.VideoQueries;

/**
 * What the gateway works with, and doesn't close.
 *
 * @param meters shown at {@code /metrics}
 * @param schemas answered for as a registry; null where the installation has another
 */
public record GatewayServices(
    MediaStore store,
    VideoQueries queries,
    Publisher publisher,
    Health health,
    PrometheusMeterRegistry meters,
    SchemaDirectory schemas) {}
