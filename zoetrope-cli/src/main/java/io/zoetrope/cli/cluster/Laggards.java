package io.zoetrope.cli.cluster;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Members that haven't followed their group to its present assignment. One thread. */
final class Laggards {
  private final Duration patience;
  private final Map<String, Seen> behind = new HashMap<>();

  private record Seen(int epoch, long nanos) {}

  Laggards(Duration patience) {
    this.patience = patience;
  }

  /**
   * Takes in how the group stands, and returns the ids of the members that have been at one and the
   * same earlier epoch for longer than is to be borne.
   *
   * @param nanos of a clock that only goes forward
   */
  Set<String> overdue(int groupEpoch, Map<String, Integer> memberEpochs, long nanos) {
    behind.keySet().retainAll(memberEpochs.keySet());
    Set<String> overdue = new TreeSet<>();
    memberEpochs.forEach(
        (member, epoch) -> {
          if (epoch >= groupEpoch) {
            behind.remove(member);
            return;
          }
          Seen seen = behind.get(member);
          if (seen == null || seen.epoch() != epoch) {
            behind.put(member, new Seen(epoch, nanos));
          } else if (nanos - seen.nanos() >= patience.toNanos()) {
            overdue.add(member);
          }
        });
    return overdue;
  }
}
