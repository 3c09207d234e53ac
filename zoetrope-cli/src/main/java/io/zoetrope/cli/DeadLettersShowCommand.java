package io.zoetrope.cli;

import io.zoetrope.cli.cluster.ClusterAddress;
import io.zoetrope.cli.config.Setting;
import io.zoetrope.cli.letters.DeadLetterDesk;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "show",
    description =
        "Shows a dead letter: reason, origin, headers, and its value, as bytes where it can't be read.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {"0:It was shown.", DeadLettersCommand.UNUSABLE})
final class DeadLettersShowCommand implements Callable<Integer>, CommandTree.HasSettings {
  @Mixin private CommonOptions common;
  @Spec private CommandSpec command;

  @Parameters(paramLabel = "ID", description = "As `zoetrope dead-letters list` shows it.")
  private String id;

  @Override
  public List<Setting<?>> settings() {
    return ClusterAddress.ofRunning();
  }

  @Override
  public Integer call() {
    ClusterAddress cluster =
        ClusterAddress.ofRunning(common.configuration(settings()), DeadLetterDesk.TOPICS);
    new DeadLetterDesk(cluster, command.commandLine().getOut()).show(id);
    return 0;
  }
}
