package io.zoetrope.topology;

import io.zoetrope.topology.query.Place;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.errors.StreamsNotStartedException;
import org.apache.kafka.streams.state.HostInfo;

/**
 * Which instance works on a partition and which keep a copy, as the group agreed when it last
 * shared out its partitions. Instances are known by what they advertise.
 */
final class OtherInstances {
  private final KafkaStreams streams;
  private final HostInfo here;

  /**
   * The others in the group of {@code streams}.
   *
   * @param advertised where those reach this instance; null where it is the only one
   */
  OtherInstances(KafkaStreams streams, URI advertised) {
    this.streams = streams;
    this.here =
        advertised == null
            ? HostInfo.unavailable()
            : HostInfo.buildFromEndpoint(advertised.getAuthority());
  }

  Place place(int partition) {
    KeyQueryMetadata metadata = metadata(partition);
    if (metadata == null || metadata.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
      return Place.UNKNOWN;
    }
    URI owner = isOther(metadata.activeHost()) ? url(metadata.activeHost()) : null;
    List<URI> standbys =
        metadata.standbyHosts().stream()
            .filter(this::isOther)
            .map(OtherInstances::url)
            .sorted()
            .toList();
    return new Place(owner, standbys);
  }

  // Every store has the partitions of the topics, so that any of them tells of all.
  private KeyQueryMetadata metadata(int partition) {
    try {
      return streams.queryMetadataForKey(
          VideoLedgerTopology.RUNS,
          "",
          (topic, key, value, partitions) -> Optional.of(Set.of(partition)));
    } catch (StreamsNotStartedException | IllegalStateException notRunning) {
      return null;
    }
  }

  private boolean isOther(HostInfo host) {
    return !host.equals(here) && !host.equals(HostInfo.unavailable());
  }

  private static URI url(HostInfo host) {
    try {
      return new URI("http", null, host.host(), host.port(), null, null, null);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
