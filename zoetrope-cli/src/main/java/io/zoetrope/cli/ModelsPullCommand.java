package io.zoetrope.cli;

import io.zoetrope.catalogue.CatalogueEntry;
import io.zoetrope.catalogue.CatalogueException;
import io.zoetrope.catalogue.PulledModel;
import io.zoetrope.cli.config.Setting;
import io.zoetrope.cli.config.Settings;
import io.zoetrope.cli.models.ModelShelf;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "pull",
    description = {
      "Pulls models of the catalogue, and prints the modelId and the file of each.",
      "",
      "What an earlier pull left unfinished is gone on with. A model gets its name when its SHA-256 is the one that the"
          + " catalogue names; where it names none, the first pull pins the hash in SHA256SUMS of the folder, and later"
          + " ones have to bring the same.",
      "",
      "Proxies are those of the environment: https_proxy, http_proxy, all_proxy and no_proxy."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {"0:Every model is here.", ModelsCommand.UNUSABLE})
final class ModelsPullCommand implements Callable<Integer>, CommandTree.HasSettings {
  @Mixin private CommonOptions common;
  @Spec private CommandSpec command;

  @Parameters(
      paramLabel = "NAME",
      arity = "1..*",
      description = "Names that `zoetrope models list` shows.")
  private List<String> names;

  @Option(
      names = "--accept",
      paramLabel = "SHA256",
      description =
          "Take the file with this hash instead of the one that is pinned, and pin it; for one model.")
  private String accepted;

  @Override
  public List<Setting<?>> settings() {
    return List.of(Settings.MODELS_FOLDER, Settings.MODELS_CATALOGUE);
  }

  @Override
  public Integer call() {
    if (accepted != null && (names.size() > 1 || !accepted.matches("[0-9A-Fa-f]{64}"))) {
      throw new ParameterException(
          command.commandLine(), "--accept takes the 64 hex digits of one model's SHA-256");
    }
    ModelShelf shelf =
        ModelShelf.of(common.configuration(settings()), command.commandLine().getErr());
    List<CatalogueEntry> entries = names.stream().map(shelf::entry).toList();
    int status = 0;
    for (CatalogueEntry entry : entries) {
      status = Math.max(status, pull(shelf, entry));
    }
    return status;
  }

  /** One that can't be had doesn't keep the others from it. */
  private int pull(ModelShelf shelf, CatalogueEntry entry) {
    try {
      PulledModel pulled = shelf.pull(entry, Optional.ofNullable(accepted));
      command.commandLine().getOut().println(pulled.modelId() + "  " + pulled.file());
      return 0;
    } catch (CatalogueException e) {
      ErrorMessages.print(command.commandLine().getErr(), e.code().name(), e.getMessage());
      return ErrorMessages.UNUSABLE;
    }
  }
}
