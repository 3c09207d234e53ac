package io.zoetrope.cli.letters;

import io.zoetrope.cli.cluster.ClusterAddress;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.events.RepairRequested;
import io.zoetrope.events.RunRequested;
import io.zoetrope.schemas.DeadLetterTopic;
import io.zoetrope.schemas.DeclaredTopic;
import io.zoetrope.schemas.Keys;
import io.zoetrope.schemas.Topics;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** What `zoetrope dead-letters` does. One thread. */
public final class DeadLetterDesk {
  /** Where dead letters lie. */
  public static final List<DeclaredTopic> TOPICS = List.copyOf(LetterId.boxes());

  private final ClusterAddress cluster;
  private final PrintWriter out;

  public DeadLetterDesk(ClusterAddress cluster, PrintWriter out) {
    this.cluster = cluster;
    this.out = out;
  }

  /**
   * Which letters are meant.
   *
   * @param topic short or full name; empty for every topic
   * @param code empty for every reason
   */
  public record Choice(Optional<String> topic, Optional<String> code) {
    private Collection<DeadLetterTopic> boxes() {
      return topic.map(name -> List.of(box(name))).orElseGet(LetterId::boxes);
    }

    private boolean takes(Letter letter) {
      return code.isEmpty() || code.get().equalsIgnoreCase(letter.code());
    }

    private static DeadLetterTopic box(String name) {
      return LetterId.box(name)
          .orElseThrow(
              () ->
                  new UserError(
                      "USAGE_INVALID",
                      "there are no dead letters of '%s'; topics with some are %s"
                          .formatted(
                              name,
                              String.join(
                                  ", ",
                                  LetterId.boxes().stream().map(LetterId::shortName).toList()))));
    }
  }

  /** Prints two lines for each, the oldest first. */
  public void list(Choice choice) {
    record Line(Instant setAside, String text) {}

    List<Line> lines = new ArrayList<>();
    read(choice, letter -> lines.add(new Line(letter.setAside(), LetterText.inShort(letter))));
    lines.sort(Comparator.comparing(Line::setAside));
    lines.forEach(line -> out.println(line.text()));
    out.println(
        lines.isEmpty()
            ? "There are no dead letters."
            : "%s; `zoetrope dead-letters show ID` tells all about one."
                .formatted(count(lines.size())));
  }

  /** Prints all there is to see of one. */
  public void show(String id) {
    try (LetterBoxes boxes = new LetterBoxes(cluster.clients())) {
      out.println(LetterText.inFull(find(boxes, id), cluster.serdes()));
    }
  }

  /**
   * Tries letters again, and prints of each what becomes of it.
   *
   * @return whether all of them could be
   */
  public boolean replay(List<String> ids) {
    Replays replays = new Replays();
    boolean all = true;
    try (LetterBoxes boxes = new LetterBoxes(cluster.clients())) {
      for (String id : ids) {
        all &= add(find(boxes, id), replays);
      }
    }
    publish(replays);
    return all;
  }

  /** As {@link #replay(List)}, with every letter that is meant. */
  public boolean replay(Choice choice) {
    Replays replays = new Replays();
    List<Boolean> added = new ArrayList<>();
    read(choice, letter -> added.add(add(letter, replays)));
    publish(replays);
    return !added.contains(false);
  }

  private boolean add(Letter letter, Replays replays) {
    Optional<String> obstacle = replays.add(letter);
    obstacle.ifPresent(why -> out.println(letter.id() + " can't be tried again: " + why));
    return obstacle.isEmpty();
  }

  private void publish(Replays replays) {
    addRuns(replays);
    List<RepairRequested> repairs = replays.repairs();
    // Asked for before anything is published, as it may not be there.
    Optional<Serializer<RepairRequested>> serializer =
        repairs.isEmpty()
            ? Optional.empty()
            : Optional.of(cluster.serdes().serializer(Topics.REPAIRS));
    ReplayPublisher publisher = new ReplayPublisher(cluster.clients());
    int records = replays.records().size();
    if (records > 0) {
      publisher.publish(replays.records());
      out.println(
          "%d %s published again where %s came from."
              .formatted(
                  records, records == 1 ? "record" : "records", records == 1 ? "it" : "they"));
    }
    serializer.ifPresent(values -> publisher.publish(repairs, values));
    for (RepairRequested repair : repairs) {
      int batches =
          repair.getSequences().stream()
              .mapToInt(range -> range.getLast() - range.getFirst() + 1)
              .sum();
      out.println(
          "%d %s of the split %s asked of the splitter again."
              .formatted(
                  batches,
                  batches == 1 ? "batch" : "batches",
                  Keys.split(repair.getVideoId(), repair.getSplitId())));
    }
    if (replays.records().isEmpty() && repairs.isEmpty()) {
      out.println("There was nothing to try again.");
    }
  }

  /** A result that can't be read may be as unreadable when it comes again. */
  private void addRuns(Replays replays) {
    try (LetterBoxes boxes = new LetterBoxes(cluster.clients())) {
      Collection<byte[]> runs = boxes.last(Topics.RUNS, replays.runs()).values();
      if (!runs.isEmpty()) {
        Deserializer<RunRequested> reader = cluster.serdes().deserializer(Topics.RUNS);
        runs.forEach(run -> replays.add(reader.deserialize(Topics.RUNS.name(), run)));
      }
    }
  }

  private void read(Choice choice, Consumer<Letter> each) {
    try (LetterBoxes boxes = new LetterBoxes(cluster.clients())) {
      boxes.read(
          choice.boxes(),
          letter -> {
            if (choice.takes(letter)) {
              each.accept(letter);
            }
          });
    }
  }

  private static Letter find(LetterBoxes boxes, String id) {
    return LetterId.parse(id)
        .flatMap(boxes::find)
        .orElseThrow(
            () ->
                new UserError(
                    "LETTER_UNKNOWN",
                    "there is no dead letter %s, or no longer; `zoetrope dead-letters list` shows those there are"
                        .formatted(id)));
  }

  private static String count(int letters) {
    return letters == 1 ? "1 dead letter" : letters + " dead letters";
  }
}
