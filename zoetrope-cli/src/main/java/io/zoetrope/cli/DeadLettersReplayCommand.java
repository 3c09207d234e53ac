package io.zoetrope.cli;

import io.zoetrope.cli.cluster.ClusterAddress;
import io.zoetrope.cli.config.Setting;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.cli.letters.DeadLetterDesk;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "replay",
    description = {
      "Tries dead letters again, once what was wrong is put right.",
      "",
      "Records go back to where they came from, byte for byte; for frame batches, and for results of batches, the splitter"
          + " is asked, which cuts them from the original again. What succeeds takes the place of what failed. The letters"
          + " stay, and a second replay does no harm."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:All of them are on their way.",
      "1:Some can't be tried again (they are named).",
      DeadLettersCommand.UNUSABLE
    })
final class DeadLettersReplayCommand implements Callable<Integer>, CommandTree.HasSettings {
  @Mixin private CommonOptions common;
  @Mixin private LetterChoice choice;
  @Spec private CommandSpec command;

  @Parameters(
      paramLabel = "ID",
      arity = "0..*",
      description = "As `zoetrope dead-letters list` shows them.")
  private List<String> ids;

  @Option(names = "--all", description = "Every one.")
  private boolean all;

  @Override
  public List<Setting<?>> settings() {
    return ClusterAddress.ofRunning();
  }

  @Override
  public Integer call() {
    boolean named = ids != null && !ids.isEmpty();
    if (named == (all || choice.isMade())) {
      throw new UserError(
          "USAGE_INVALID",
          "name the letters to replay, or choose them by --topic, --code or --all (`zoetrope dead-letters replay --help`"
              + " tells more)");
    }
    ClusterAddress cluster =
        ClusterAddress.ofRunning(common.configuration(settings()), DeadLetterDesk.TOPICS);
    DeadLetterDesk desk = new DeadLetterDesk(cluster, command.commandLine().getOut());
    return (named ? desk.replay(ids) : desk.replay(choice.choice())) ? 0 : ErrorMessages.FAILED;
  }
}
