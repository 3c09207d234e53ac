package io.zoetrope.cli.letters;

import io.zoetrope.events.RepairRequested;
import io.zoetrope.events.RunRequested;
import io.zoetrope.events.SequenceRange;
import io.zoetrope.schemas.BatchHeaders;
import io.zoetrope.schemas.DeadLetter;
import io.zoetrope.schemas.DeclaredTopic;
import io.zoetrope.schemas.Keys;
import io.zoetrope.schemas.Topics;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What has to be published so that dead letters are tried again: the records as they came, to where
 * they came from; but for frame batches, which may be gone or damaged, repairs of the splits that
 * they belong to, and so, besides, for results of batches. One thread; publishes nothing itself.
 */
final class Replays {
  private static final Pattern RESULT = Pattern.compile("([^/]+/[^/]+)/(\\d{8,9})");

  private final Map<Source, ProducerRecord<byte[], byte[]>> records = new LinkedHashMap<>();
  private final SortedMap<Wanting, SortedSet<Integer>> batches = new TreeMap<>();
  private final SortedMap<String, SortedSet<Integer>> results = new TreeMap<>();

  /** What was tried again in vain has a second letter by now, and is one record all the same. */
  private record Source(String topic, int partition, ByteBuffer key, ByteBuffer value) {}

  /** Runs that want batches of a split. */
  private record Wanting(String videoId, String splitId, List<String> runIds)
      implements Comparable<Wanting> {
    @Override
    public int compareTo(Wanting other) {
      return toString().compareTo(other.toString());
    }
  }

  /**
   * Takes a letter in.
   *
   * @return why it can't be tried again; empty where it can
   */
  Optional<String> add(Letter letter) {
    if (letter.why().isEmpty()) {
      return Optional.of("its headers don't say where it came from");
    }
    DeadLetter why = letter.why().get();
    if (why.topic().equals(Topics.FRAME_BATCHES.name())) {
      return addBatch(letter);
    }
    if (why.topic().equals(Topics.SEGMENTS.name())) {
      return Optional.of(
          "a segment is asked for again when its annotated video is (POST …/annotated)");
    }
    Optional<DeclaredTopic> source =
        Topics.all().stream().filter(topic -> topic.name().equals(why.topic())).findFirst();
    if (source.isEmpty() || why.partition() < 0 || why.partition() >= source.get().partitions()) {
      return Optional.of(
          "it came from partition %d of %s, which is no topic of Zoetrope's"
              .formatted(why.partition(), why.topic()));
    }
    if (!DeadLetter.isWhole(letter.record().headers())) {
      return Optional.of("its value was too large for a dead letter, and is cut short");
    }
    addRecord(letter, why);
    if (why.topic().equals(Topics.DETECTIONS.name())) {
      addResult(letter.key());
    }
    return Optional.empty();
  }

  private void addRecord(Letter letter, DeadLetter why) {
    byte[] key = letter.record().key();
    byte[] value = letter.record().value();
    records.put(
        new Source(
            why.topic(),
            why.partition(),
            key == null ? null : ByteBuffer.wrap(key),
            value == null ? null : ByteBuffer.wrap(value)),
        new ProducerRecord<>(
            why.topic(),
            why.partition(),
            key,
            value,
            DeadLetter.before(letter.record().headers())));
  }

  private void addResult(String key) {
    Matcher result = RESULT.matcher(key);
    if (result.matches()) {
      results
          .computeIfAbsent(result.group(1), unknown -> new TreeSet<>())
          .add(Integer.parseInt(result.group(2)));
    }
  }

  /** The keys of runs that results of batches belong to, if there are such runs. */
  Set<String> runs() {
    return Set.copyOf(results.keySet());
  }

  /** One of those runs, as it was asked for. */
  void add(RunRequested run) {
    batches
        .computeIfAbsent(
            new Wanting(run.getVideoId(), run.getSplitId(), List.of(run.getRunId())),
            unknown -> new TreeSet<>())
        .addAll(results.get(Keys.run(run.getVideoId(), run.getRunId())));
  }

  private Optional<String> addBatch(Letter letter) {
    Optional<BatchHeaders> batch = BatchHeaders.in(letter.record().headers());
    if (batch.isEmpty()) {
      return Optional.of(
          "its headers don't say whose batch it is; ask for the runs of its video again");
    }
    try {
      String key = letter.key();
      batches
          .computeIfAbsent(
              new Wanting(
                  batch.get().videoId(), Keys.owner(key), List.copyOf(batch.get().runs().keySet())),
              unknown -> new TreeSet<>())
          .add(Keys.sequence(key));
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
  }

  /** Records that go back to where they came from. */
  List<ProducerRecord<byte[], byte[]>> records() {
    return List.copyOf(records.values());
  }

  /** What the splitter is to publish again. */
  List<RepairRequested> repairs() {
    List<RepairRequested> repairs = new ArrayList<>();
    for (Map.Entry<Wanting, SortedSet<Integer>> split : batches.entrySet()) {
      Wanting wanting = split.getKey();
      repairs.add(
          new RepairRequested(
              wanting.videoId(), wanting.splitId(), wanting.runIds(), ranges(split.getValue()), 0));
    }
    return repairs;
  }

  private static List<SequenceRange> ranges(SortedSet<Integer> sequences) {
    List<SequenceRange> ranges = new ArrayList<>();
    for (int sequence : sequences) {
      SequenceRange last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
      if (last != null && last.getLast() == sequence - 1) {
        last.setLast(sequence);
      } else {
        ranges.add(new SequenceRange(sequence, sequence));
      }
    }
    return ranges;
  }
}
