package io.zoetrope.cli;

import io.zoetrope.catalogue.ModelsFolder;
import io.zoetrope.cli.config.Setting;
import io.zoetrope.cli.config.Settings;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.cli.models.ModelShelf;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "remove",
    description = "Removes the files of models that were pulled, in whole or in part.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {"0:They were removed.", "2:Wrong usage, or a model that isn't here."})
final class ModelsRemoveCommand implements Callable<Integer>, CommandTree.HasSettings {
  @Mixin private CommonOptions common;
  @Spec private CommandSpec command;

  @Parameters(
      paramLabel = "NAME",
      arity = "1..*",
      description = "Names that `zoetrope models list` shows.")
  private List<String> names;

  @Option(
      names = "--forget",
      description =
          "Forget the pinned hash as well; without it a later pull has to bring the same.")
  private boolean forget;

  @Override
  public List<Setting<?>> settings() {
    return List.of(Settings.MODELS_FOLDER, Settings.MODELS_CATALOGUE);
  }

  @Override
  public Integer call() {
    ModelShelf shelf =
        ModelShelf.of(common.configuration(settings()), command.commandLine().getErr());
    names.forEach(name -> remove(shelf.folder(), name));
    return 0;
  }

  private void remove(ModelsFolder folder, String name) {
    PrintWriter out = command.commandLine().getOut();
    ModelsFolder.Removal removal = folder.remove(name, forget);
    String pin =
        removal
            .pinned()
            .map(hash -> "; its SHA-256 stays pinned in " + folder.pinsFile())
            .orElse("");
    if (!removal.removed() && !removal.forgotten()) {
      throw new UserError(
          "MODEL_NOT_FOUND",
          "there is no %s%s; `zoetrope models list` shows what is here"
              .formatted(removal.file(), pin));
    }
    out.println(
        (removal.removed() ? "Removed " + removal.file() : name + " wasn't here")
            + (removal.forgotten() ? "; its pin is forgotten" : pin));
  }
}
