package io.zoetrope.cli.letters;

import io.zoetrope.schemas.DeadLetterTopic;
import io.zoetrope.schemas.Topics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a dead letter lies; written {@code topology/3/17}.
 *
 * @param box the topic
 */
record LetterId(DeadLetterTopic box, int partition, long offset) implements Comparable<LetterId> {
  private static final Pattern FORM = Pattern.compile("([a-z-]+)/(\\d{1,9})/(\\d{1,18})");
  private static final String PREFIX = "zoetrope.";
  private static final String SUFFIX = ".dead-letter.v1";

  /** Every topic with dead letters. */
  static List<DeadLetterTopic> boxes() {
    return Topics.all().stream()
        .filter(DeadLetterTopic.class::isInstance)
        .map(DeadLetterTopic.class::cast)
        .toList();
  }

  /** {@code topology} for {@code zoetrope.topology.dead-letter.v1}. */
  static String shortName(DeadLetterTopic box) {
    return box.name().substring(PREFIX.length(), box.name().length() - SUFFIX.length());
  }

  /** The topic of this name, in short or in full. */
  static Optional<DeadLetterTopic> box(String name) {
    return boxes().stream()
        .filter(box -> box.name().equals(name) || shortName(box).equals(name))
        .findFirst();
  }

  /** Empty where {@code text} isn't of the form. */
  static Optional<LetterId> parse(String text) {
    Matcher parts = FORM.matcher(text.toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      return Optional.empty();
    }
    return box(parts.group(1))
        .map(
            box ->
                new LetterId(
                    box, Integer.parseInt(parts.group(2)), Long.parseLong(parts.group(3))));
  }

  TopicPartition place() {
    return new TopicPartition(box.name(), partition);
  }

  @Override
  public int compareTo(LetterId other) {
    int byBox = box.name().compareTo(other.box.name());
    int byPartition = Integer.compare(partition, other.partition);
    return byBox != 0 ? byBox : byPartition != 0 ? byPartition : Long.compare(offset, other.offset);
  }

  @Override
  public String toString() {
    return shortName(box) + "/" + partition + "/" + offset;
  }
}
