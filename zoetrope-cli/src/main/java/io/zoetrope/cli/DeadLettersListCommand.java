package io.zoetrope.cli;

import io.zoetrope.cli.cluster.ClusterAddress;
import io.zoetrope.cli.config.Setting;
import io.zoetrope.cli.letters.DeadLetterDesk;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "list",
    description = "Lists the dead letters, the oldest first, each with its reason.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {"0:They were listed.", DeadLettersCommand.UNUSABLE})
final class DeadLettersListCommand implements Callable<Integer>, CommandTree.HasSettings {
  @Mixin private CommonOptions common;
  @Mixin private LetterChoice choice;
  @Spec private CommandSpec command;

  @Override
  public List<Setting<?>> settings() {
    return ClusterAddress.ofRunning();
  }

  @Override
  public Integer call() {
    ClusterAddress cluster =
        ClusterAddress.ofRunning(common.configuration(settings()), DeadLetterDesk.TOPICS);
    new DeadLetterDesk(cluster, command.commandLine().getOut()).list(choice.choice());
    return 0;
  }
}
