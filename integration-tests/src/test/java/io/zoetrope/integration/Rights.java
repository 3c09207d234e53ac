package io.zoetrope.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What a role has to be allowed to do, as the page about roles has it in its table and below it.
 *
 * @param groups names of groups, or what they begin with
 */
record Rights(List<String> reads, List<String> writes, List<String> groups) {
  private static final Path PAGE = Path.of("../docs/roles.md");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  static Rights of(String role) throws IOException {
    try (Stream<String> lines = Files.lines(PAGE)) {
      String[] cells =
          lines
              .filter(line -> line.startsWith("| `" + role + "` |"))
              .map(line -> line.split("\\|"))
              .findFirst()
              .orElseThrow(() -> new AssertionError(PAGE + " says nothing of " + role));
      return new Rights(topics(cells[4]), topics(cells[5]), groups(cells[6]));
    }
  }

  private static List<String> topics(String cell) {
    return Stream.of(cell.split(",")).map(name -> "zoetrope." + name.strip() + ".v1").toList();
  }

  private static List<String> groups(String cell) {
    return CODE.matcher(cell)
        .results()
        .map((MatchResult found) -> found.group(1).replace("MODELID", ""))
        .toList();
  }

  /** Allows {@code user} just that. */
  void grant(GuardedCluster cluster, String user) throws Exception {
    for (String topic : reads) {
      cluster.allow(user, ResourceType.TOPIC, topic, PatternType.LITERAL, AclOperation.READ);
    }
    for (String topic : writes) {
      cluster.allow(user, ResourceType.TOPIC, topic, PatternType.LITERAL, AclOperation.WRITE);
    }
    for (String group : groups) {
      cluster.allow(user, ResourceType.GROUP, group, PatternType.PREFIXED, AclOperation.READ);
      cluster.allow(
          user, ResourceType.TRANSACTIONAL_ID, group, PatternType.PREFIXED, AclOperation.WRITE);
    }
  }
}
