package io.zoetrope.cli;

import io.zoetrope.catalogue.CatalogueException;
import io.zoetrope.catalogue.ModelsFolder;
import io.zoetrope.cli.config.Setting;
import io.zoetrope.cli.config.Settings;
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
    return names.stream().mapToInt(name -> remove(shelf.folder(), name)).max().orElseThrow();
  }

  /** One that isn't here doesn't keep the others from it. */
  private int remove(ModelsFolder folder, String name) {
    PrintWriter err = command.commandLine().getErr();
    try {
      ModelsFolder.Removal removal = folder.remove(name, forget);
      String pin = pin(folder, removal);
      if (removal.removed()) {
        command.commandLine().getOut().println("Removed " + removal.file() + pin);
      } else if (removal.forgotten()) {
        command.commandLine().getOut().println(name + " wasn't here" + pin);
      } else {
        ErrorMessages.print(
            err,
            "MODEL_NOT_FOUND",
            "there is no %s%s; `zoetrope models list` shows what is here"
                .formatted(removal.file(), pin));
        return ErrorMessages.UNUSABLE;
      }
      return 0;
    } catch (CatalogueException e) {
      ErrorMessages.print(err, e.code().name(), e.getMessage());
      return ErrorMessages.UNUSABLE;
    }
  }

  private static String pin(ModelsFolder folder, ModelsFolder.Removal removal) {
    return removal.forgotten()
        ? "; its pin is forgotten"
        : removal.pinned().isPresent() ? "; its SHA-256 stays pinned in " + folder.pinsFile() : "";
  }
}
