package io.zoetrope.benchmarks;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zoetrope.events.VideoSubmitted;
import io.zoetrope.schemas.RunDefaults;
import io.zoetrope.schemas.TopicCreation;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.registry.LogSchemaRegistry;
import io.zoetrope.schemas.serdes.EventSerdes;
import io.zoetrope.splitter.SplitterSettings;
import io.zoetrope.splitter.VideoSplitter;
import io.zoetrope.store.FileMediaStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The splitter role and nothing else. It prints a line when it waits for a video; a line on its
 * standard input lets it submit the video; from then on each line is answered with the frames that
 * it has published, until the input ends.
 */
final class SplitterProcess {
  private SplitterProcess() {}

  /** Arguments: bootstrap servers, folder for the media store, the video. */
  public static void main(String[] arguments) throws Exception {
    Map<String, Object> kafka = Map.of("bootstrap.servers", arguments[0]);
    Path video = Path.of(arguments[2]).toAbsolutePath();
    try (Admin admin = Admin.create(kafka)) {
      TopicCreation.ensure(admin, Topics.all());
    }
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    try (LogSchemaRegistry registry = LogSchemaRegistry.open(kafka)) {
      EventSerdes serdes = new EventSerdes(registry);
      FileMediaStore store = FileMediaStore.open(Path.of(arguments[1]), List.of(video.getParent()));
      RunDefaults defaults = new RunDefaults("model", 0.25f, 0.45f, 0);
      SplitterSettings settings =
          SplitterSettings.of(kafka, "benchmark", defaults).withBatchesAhead(Integer.MAX_VALUE);
      try (VideoSplitter splitter = new VideoSplitter(settings, serdes, store, meters)) {
        splitter.start();
        System.out.println("waiting");
        System.in.read();
        submit(kafka, serdes, video);
        while (System.in.read() >= 0) {
          System.out.println((long) meters.counter("zoetrope.splitter.frames").count());
        }
      }
    }
  }

  private static void submit(Map<String, Object> kafka, EventSerdes serdes, Path video)
      throws Exception {
    VideoSubmitted submitted =
        new VideoSubmitted("long", video.toUri().toString(), "long", null, Map.of(), List.of());
    try (var producer =
        new KafkaProducer<>(kafka, new StringSerializer(), serdes.serializer(Topics.VIDEOS))) {
      producer.send(Topics.VIDEOS.message("long", submitted)).get();
    }
  }
}
