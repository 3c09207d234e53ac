package io.zoetrope.integration;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zoetrope.detector.DetectorSettings;
import io.zoetrope.detector.FrameDetector;
import io.zoetrope.detector.onnx.Model;
import io.zoetrope.events.BatchDetections;
import io.zoetrope.events.WantedRun;
import io.zoetrope.samples.Samples;
import io.zoetrope.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same batches, detected again by other numbers of detectors and workers. */
class SameDetectionsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final double[] RATES = {25, 12.5, 8, 5, 3};

  @TempDir Path folder;

  @Test
  void shouldWriteTheSameBytesHoweverManyDetectorsAndWorkersThereAre() throws Exception {
    try (SplitterRig rig = new SplitterRig(folder);
        Model model = Model.load(Samples.copyModel(folder))) {
      // Given
      Path video = Samples.copyVideo(folder);
      Detectors three = new Detectors(rig, model, 1, 2, 5);
      three.awaitEachToHavePartitions();

      // When
      int batches = 0;
      for (double rate : RATES) {
        WantedRun wanted = new WantedRun(model.id(), 0.1f, null, null, rate, false, null, null);
        batches += rig.cut(video, wanted).batches().size();
      }
      three.closeAfter(batches);
      Detectors alone = new Detectors(rig, model, 1);
      alone.closeAfter(2 * batches);

      // Then
      assertThat(three.batches()).as("batches of each").hasSize(3).doesNotContain(0);
      assertThat(alone.batches()).containsExactly(batches);
      Map<String, List<String>> values =
          rig.read(Topics.DETECTIONS).stream()
              .collect(
                  groupingBy(
                      ConsumerRecord::key,
                      mapping(record -> HexFormat.of().formatHex(record.value()), toList())));
      assertThat(values).hasSize(batches);
      assertThat(values)
          .allSatisfy((key, twice) -> assertThat(twice).hasSize(2).containsOnly(twice.get(0)));
      assertThat(rig.all(Topics.DETECTIONS, SameDetectionsIT::foundSomething)).isNotEmpty();
    }
  }

  private static boolean foundSomething(BatchDetections batch) {
    return batch.getFrames().stream().anyMatch(frame -> !frame.getDetections().isEmpty());
  }

  /** Detectors of one model, which share its batches. */
  private static final class Detectors {
    private final SplitterRig rig;
    private final String group;
    private final List<FrameDetector> detectors = new ArrayList<>();
    private final List<SimpleMeterRegistry> meters = new ArrayList<>();

    /** Starts one for each number of workers. */
    Detectors(SplitterRig rig, Model model, int... workers) {
      this.rig = rig;
      this.group = "zoetrope-detector-" + model.id();
      for (int count : workers) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        DetectorSettings settings =
            new DetectorSettings(
                rig.kafka(), "instance-" + meters.size(), count, Duration.ofSeconds(3));
        detectors.add(new FrameDetector(settings, model, rig.serdes(), rig.store(), registry));
        meters.add(registry);
      }
      detectors.forEach(FrameDetector::start);
    }

    void awaitEachToHavePartitions() {
      try (Admin admin = Admin.create(rig.kafka())) {
        Awaitility.await()
            .atMost(PATIENCE)
            .ignoreExceptionsMatching(e -> e.getCause() instanceof GroupIdNotFoundException)
            .until(
                () ->
                    admin
                            .describeConsumerGroups(List.of(group))
                            .all()
                            .get()
                            .get(group)
                            .members()
                            .stream()
                            .filter(member -> !member.assignment().topicPartitions().isEmpty())
                            .count()
                        == detectors.size());
      }
    }

    /** Waits until there are so many records in all, and lets the group begin anew. */
    void closeAfter(int records) {
      Awaitility.await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(500))
          .until(() -> rig.read(Topics.DETECTIONS).size() >= records);
      detectors.forEach(FrameDetector::close);
      try (Admin admin = Admin.create(rig.kafka())) {
        Awaitility.await()
            .atMost(PATIENCE)
            .ignoreExceptionsMatching(e -> e.getCause() instanceof GroupNotEmptyException)
            .until(
                () -> {
                  admin.deleteConsumerGroups(List.of(group)).all().get();
                  return true;
                });
      }
    }

    /** How many batches each one did. */
    List<Integer> batches() {
      return meters.stream()
          .map(registry -> registry.find("zoetrope.detector.batches").counters())
          .map(found -> found.stream().mapToInt(counter -> (int) counter.count()).sum())
          .toList();
    }
  }
}
