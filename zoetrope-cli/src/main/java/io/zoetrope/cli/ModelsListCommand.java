package io.zoetrope.cli;

import io.zoetrope.cli.config.Setting;
import io.zoetrope.cli.config.Settings;
import io.zoetrope.cli.models.ModelList;
import io.zoetrope.cli.models.ModelShelf;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "list",
    description = "Lists the models that can be pulled, and which of them are here.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {"0:They were listed.", ModelsCommand.UNUSABLE})
final class ModelsListCommand implements Callable<Integer>, CommandTree.HasSettings {
  @Mixin private CommonOptions common;
  @Spec private CommandSpec command;

  @Option(
      names = "--json",
      description =
          "Print one JSON document on stdout instead of the table, with addresses, hashes and files.")
  private boolean json;

  @Override
  public List<Setting<?>> settings() {
    return List.of(Settings.MODELS_FOLDER, Settings.MODELS_CATALOGUE);
  }

  @Override
  public Integer call() {
    ModelList list =
        new ModelList(
            ModelShelf.of(common.configuration(settings()), command.commandLine().getErr()));
    command.commandLine().getOut().print(json ? list.json() + "\n" : list.table());
    command.commandLine().getOut().flush();
    return 0;
  }
}
