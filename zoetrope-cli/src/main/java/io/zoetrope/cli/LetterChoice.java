package io.zoetrope.cli;

import io.zoetrope.cli.letters.DeadLetterDesk.Choice;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which dead letters a command is about. */
final class LetterChoice {
  @Option(
      names = "--topic",
      paramLabel = "NAME",
      description = "Only those of this topic: videos, frame-batches or topology.")
  private String topic;

  @Option(
      names = "--code",
      paramLabel = "CODE",
      description = "Only those that were set aside for this reason.")
  private String code;

  Choice choice() {
    return new Choice(Optional.ofNullable(topic), Optional.ofNullable(code));
  }

  boolean isMade() {
    return topic != null || code != null;
  }
}
