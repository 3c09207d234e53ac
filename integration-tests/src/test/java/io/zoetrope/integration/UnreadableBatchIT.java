package io.zoetrope.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zoetrope.detector.DetectorSettings;
import io.zoetrope.detector.FrameDetector;
import io.zoetrope.detector.onnx.Model;
import io.zoetrope.events.BatchDetections;
import io.zoetrope.events.WantedRun;
import io.zoetrope.integration.SplitterRig.Cut;
import io.zoetrope.samples.Samples;
import io.zoetrope.schemas.BatchHeaders;
import io.zoetrope.schemas.DeadLetter;
import io.zoetrope.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frame batches that no detector can read, before and behind good ones. */
class UnreadableBatchIT {
  private static final byte[] GARBAGE = {0, 0, 0, 0, 1, 42};

  @TempDir Path folder;

  @Test
  void shouldFailAndSetAsideWhatItCanNotReadAndGoOn() throws Exception {
    try (SplitterRig rig = new SplitterRig(folder);
        Model model = Model.load(Samples.copyModel(folder))) {
      // Given
      Cut cut =
          rig.cut(
              Samples.copyVideo(folder),
              new WantedRun(model.id(), null, null, null, null, false, null, null));
      BatchHeaders headers =
          new BatchHeaders(
              "lost-video",
              new TreeMap<>(Map.of("lost-run", model.id(), "others-run", "other-model")),
              96,
              32);
      for (ConsumerRecord<String, byte[]> good : cut.records()) {
        publish(rig, good.partition(), "lost-split/00000003", headers);
        publish(rig, good.partition(), "foreign", null);
      }
      int garbage = cut.records().size();

      // When
      DetectorSettings settings = new DetectorSettings(rig.kafka(), "a", 1, Duration.ofSeconds(3));
      try (FrameDetector detector =
          new FrameDetector(
              settings, model, rig.serdes(), rig.store(), new SimpleMeterRegistry())) {
        detector.start();
        Awaitility.await()
            .atMost(Duration.ofMinutes(2))
            .until(
                () ->
                    rig.read(Topics.DETECTIONS).size() >= cut.batches().size() + garbage
                        && rig.read(Topics.FRAME_BATCHES_DEAD_LETTER).size() >= 2 * garbage);
        assertThat(detector.stuck()).isEmpty();
      }

      // Then
      List<BatchDetections> failed = rig.all(Topics.DETECTIONS, d -> d.getFailure() != null);
      assertThat(failed).hasSize(garbage);
      assertThat(failed)
          .allSatisfy(
              batch -> {
                assertThat(batch.getRunId()).isEqualTo("lost-run");
                assertThat(batch.getSplitId()).isEqualTo("lost-split");
                assertThat(batch.getSequence()).isEqualTo(3);
                assertThat(batch.getFirstFrame()).isEqualTo(96);
                assertThat(batch.getExpectedFrames()).isEqualTo(32);
                assertThat(batch.getFailure().getCode()).isEqualTo("RECORD_UNREADABLE");
              });
      assertThat(rig.all(Topics.DETECTIONS, d -> d.getFailure() == null))
          .extracting(BatchDetections::getRunId)
          .hasSize(cut.batches().size())
          .containsOnly(cut.run().getRunId());
      List<ConsumerRecord<String, byte[]>> letters = rig.read(Topics.FRAME_BATCHES_DEAD_LETTER);
      assertThat(letters).hasSize(2 * garbage);
      assertThat(letters)
          .allSatisfy(
              letter -> {
                assertThat(letter.value()).isEqualTo(GARBAGE);
                assertThat(DeadLetter.in(letter.headers()))
                    .map(DeadLetter::code)
                    .contains("RECORD_UNREADABLE");
              });
    }
  }

  private static void publish(SplitterRig rig, int partition, String key, BatchHeaders headers)
      throws Exception {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(Topics.FRAME_BATCHES.name(), partition, key.getBytes(UTF_8), GARBAGE);
    if (headers != null) {
      headers.addTo(record.headers());
    }
    try (var producer =
        new KafkaProducer<>(rig.kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(record).get();
    }
  }
}
