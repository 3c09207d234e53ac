package io.zoetrope.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.zoetrope.cli.broker.EmbeddedBroker;
import io.zoetrope.cli.data.DataFolder;
import io.zoetrope.events.SubmissionAccepted;
import io.zoetrope.gateway.Health;
import io.zoetrope.gateway.InternalQueries;
import io.zoetrope.gateway.OperationsServer;
import io.zoetrope.gateway.cluster.ClusterSecret;
import io.zoetrope.gateway.cluster.ClusterVideoQueries;
import io.zoetrope.gateway.cluster.InstanceClient;
import io.zoetrope.gateway.cluster.RemoteVideoQueries;
import io.zoetrope.schemas.Keys;
import io.zoetrope.schemas.TopicCreation;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.registry.SchemaCatalogue;
import io.zoetrope.schemas.serdes.EventSerdes;
import io.zoetrope.topology.TopologySettings;
import io.zoetrope.topology.VideoLedgerStreams;
import io.zoetrope.topology.query.Answer;
import io.zoetrope.topology.query.QueryException;
import io.zoetrope.topology.query.Video;
import io.zoetrope.topology.query.VideoPage;
import io.zoetrope.topology.query.VideoQueries;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances of the topology on a real broker, each with a copy of the other's stores. */
class QueriesIT {
  private static final ClusterSecret SECRET = new ClusterSecret("for-tests-only");
  private static final Set<Integer> ALL = Topics.RUNS.everyPartition();
  private static final List<String> VIDEOS =
      IntStream.range(0, 100).mapToObj("%032x"::formatted).toList();

  @TempDir Path folder;

  @Test
  void shouldAnswerForTheWholeWhileInstancesComeAndGo() throws Exception {
    try (DataFolder data = DataFolder.open(folder.resolve("cluster"));
        EmbeddedBroker broker = EmbeddedBroker.start(data)) {
      Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
      EventSerdes serdes = new EventSerdes(new SchemaCatalogue());
      prepare(kafka, serdes);
      try (Instance first = new Instance(folder.resolve("first"), kafka, serdes);
          Instance second = new Instance(folder.resolve("second"), kafka, serdes)) {
        // Given two that share the partitions, and whose copies have caught up
        Service.await().until(() -> share(first).size() + share(second).size() == ALL.size());
        Service.await()
            .ignoreExceptionsInstanceOf(QueryException.class)
            .untilAsserted(
                () -> {
                  assertThat(ids(first.streams.queries())).isEqualTo(VIDEOS);
                  assertThat(ids(second.streams.queries())).isEqualTo(VIDEOS);
                });
        Set<Integer> lost = share(second);
        assertThat(lost).isNotEmpty().hasSizeLessThan(ALL.size());

        // Then either answers for both, and so do they together for a process without stores
        VideoQueries remote =
            new RemoteVideoQueries(List.of(first.url, second.url), new InstanceClient(SECRET));
        for (VideoQueries queries : List.of(first.cluster, second.cluster, remote)) {
          assertThat(ids(queries)).isEqualTo(VIDEOS);
          assertThat(queries.videos(ALL, 100, null).stale()).isFalse();
          for (String id : VIDEOS) {
            assertThat(queries.video(id).stale()).as(id).isFalse();
          }
        }

        // When one can't be reached any more, but goes on working
        second.server.close();

        // Then the other answers from its copies, and says so of those alone
        for (String id : VIDEOS) {
          Answer<Optional<Video>> answer = first.cluster.video(id);
          assertThat(answer.value().map(Video::videoId)).contains(id);
          assertThat(answer.stale()).as(id).isEqualTo(lost.contains(Topics.RUNS.partition(id)));
        }
        assertThat(ids(first.cluster)).isEqualTo(VIDEOS);

        // When it leaves
        second.streams.close();

        // Then every answer on the way is right or none, until all are current again
        Service.await().until(() -> VIDEOS.stream().allMatch(id -> isCurrent(id, first.cluster)));
        assertThat(ids(first.cluster)).isEqualTo(VIDEOS);
      }
    }
  }

  private static boolean isCurrent(String id, VideoQueries queries) {
    try {
      Answer<Optional<Video>> answer = queries.video(id);
      assertThat(answer.value().map(Video::videoId)).contains(id);
      return !answer.stale();
    } catch (QueryException e) {
      assertThat(e.code()).isEqualTo(QueryException.STORES_NOT_READY);
      return false;
    }
  }

  private static List<String> ids(VideoQueries queries) {
    Answer<VideoPage> page = queries.videos(ALL, VIDEOS.size(), null);
    return page.value().videos().stream().map(Video::videoId).toList();
  }

  /** The partitions that {@code instance} owns, as far as the group has shared them out. */
  private static Set<Integer> share(Instance instance) {
    return ALL.stream()
        .filter(
            partition ->
                instance.streams.place(partition).owner() == null
                    && !instance.streams.place(partition).standbys().isEmpty())
        .collect(Collectors.toSet());
  }

  private static void prepare(Map<String, Object> kafka, EventSerdes serdes) throws Exception {
    try (Admin admin = Admin.create(kafka)) {
      TopicCreation.ensure(admin, Topics.all());
    }
    try (KafkaProducer<String, SubmissionAccepted> producer =
        new KafkaProducer<>(kafka, new StringSerializer(), serdes.serializer(Topics.SUBMISSIONS))) {
      for (String id : VIDEOS) {
        SubmissionAccepted accepted =
            SubmissionAccepted.newBuilder()
                .setSubmissionId("s-1")
                .setVideoId(id)
                .setName("a.mp4")
                .setLocation("file:///media/" + id)
                .setSizeBytes(9)
                .setRunIds(List.of())
                .build();
        producer.send(Topics.SUBMISSIONS.message(Keys.submission(id, "s-1"), accepted)).get();
      }
    }
  }

  /** One instance, and where the other one asks it. */
  private static final class Instance implements AutoCloseable {
    final URI url;
    final VideoLedgerStreams streams;
    final VideoQueries cluster;
    final OperationsServer server;

    Instance(Path state, Map<String, Object> kafka, EventSerdes serdes) throws IOException {
      int port = Service.freePort();
      url = URI.create("http://127.0.0.1:" + port);
      streams =
          new VideoLedgerStreams(
              TopologySettings.of(state, kafka).withAdvertised(url).withStandbys(1), serdes);
      cluster = new ClusterVideoQueries(streams, new InstanceClient(SECRET));
      server =
          new OperationsServer(
              "127.0.0.1",
              port,
              new Health(Map.of(), Map.of()),
              new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
              new InternalQueries(streams.queries(), cluster, SECRET));
      streams.start();
    }

    @Override
    public void close() {
      server.close();
      streams.close();
    }
  }
}
