package io.zoetrope.splitter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.isolation.RequestLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PartitionJobsTest {
  private static final TopicPartition PARTITION = new TopicPartition("runs", 3);

  private final RequestLog log = new RequestLog("me");
  private final Set<CutJob> waiting = new HashSet<>();
  private final PartitionJobs partition =
      new PartitionJobs.Of<String>(log, PartitionJobsTest::read, FakeJob::new);

  private long offset = 10;

  @Test
  void shouldBeginWithSeveralVideosAtATime() {
    add("long", "short", "other");

    assertThat(begin()).containsExactly("long@10", "short@11", "other@12");
  }

  @Test
  void shouldSeeToRequestsForOneSplitTogether() {
    add("a", "b", "a", "b", "a");

    assertThat(begin()).containsExactly("a@10,12,14", "b@11,13");
  }

  @Test
  void shouldLetARequestWaitForTheJobThatIsAtWorkOnItsSplit() {
    add("a");
    CutJob first = partition.next().orElseThrow();
    add("a", "b");
    assertThat(begin()).containsExactly("b@12");

    partition.ended(first);

    assertThat(begin()).containsExactly("a@11");
  }

  @Test
  void shouldHaveEightVideosAtWork() {
    add(IntStream.range(0, 20).mapToObj(i -> "video-" + i).toArray(String[]::new));

    assertThat(begin()).hasSize(8);

    partition.ended(partition.jobs().get(5));
    assertThat(begin()).containsExactly("video-8@18");
  }

  @Test
  void shouldNotCountThoseThatWaitForTheDetectors() {
    add(IntStream.range(0, 200).mapToObj(i -> "video-" + i).toArray(String[]::new));
    begin();

    waiting.addAll(partition.jobs());
    assertThat(begin()).hasSize(8);

    do {
      waiting.addAll(partition.jobs());
    } while (!begin().isEmpty());
    assertThat(partition.jobs()).as("but there is an end to it").hasSize(32);
  }

  @Test
  void shouldBeFullWhileItHasEnoughToDo() {
    assertThat(partition.isFull()).isFalse();

    add(IntStream.range(0, 32).mapToObj(i -> "video-" + i).toArray(String[]::new));
    assertThat(partition.isFull()).isTrue();

    partition.ended(partition.next().orElseThrow());
    assertThat(partition.isFull()).isFalse();
  }

  @Test
  void shouldPassOverWhatAsksForNothing() {
    add("", "");

    assertThat(begin()).isEmpty();
    assertThat(log.toCommit()).isEqualTo(new RequestLog.Place(12, ""));
  }

  private void add(String... splits) {
    for (String split : splits) {
      partition.add(new ConsumerRecord<>("runs", 3, offset++, null, split.getBytes(UTF_8)));
    }
  }

  private List<String> begin() {
    List<String> begun = new ArrayList<>();
    for (Optional<CutJob> job = partition.next(); job.isPresent(); job = partition.next()) {
      begun.add(job.get().toString());
    }
    return begun;
  }

  private static Optional<Request<String>> read(ConsumerRecord<byte[], byte[]> record) {
    String split = new String(record.value(), UTF_8);
    return split.isEmpty()
        ? Optional.empty()
        : Optional.of(new Request<>(record.offset(), split, split));
  }

  private final class FakeJob implements CutJob {
    private final Assignment assignment;

    FakeJob(List<Request<String>> requests) {
      assignment = Assignment.of(PARTITION, requests, null);
    }

    @Override
    public boolean mayGoOn() {
      return !waiting.contains(this);
    }

    @Override
    public Turn step(EventTransactions transactions) {
      return Turn.ENDED;
    }

    @Override
    public boolean isOpen() {
      return false;
    }

    @Override
    public void putBy() {}

    @Override
    public boolean isIdleFor(Duration time) {
      return false;
    }

    @Override
    public Assignment assignment() {
      return assignment;
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
      return assignment.split()
          + "@"
          + String.join(",", assignment.offsets().stream().map(String::valueOf).toList());
    }
  }
}
