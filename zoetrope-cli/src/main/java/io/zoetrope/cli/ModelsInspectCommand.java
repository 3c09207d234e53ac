package io.zoetrope.cli;

import io.zoetrope.cli.app.ModelOptionSettings;
import io.zoetrope.cli.app.ModelTrialSettings;
import io.zoetrope.cli.config.Configuration;
import io.zoetrope.cli.config.Setting;
import io.zoetrope.cli.config.Settings;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.cli.models.ModelShelf;
import io.zoetrope.cli.report.ModelReportJson;
import io.zoetrope.cli.report.ModelReportText;
import io.zoetrope.detector.family.ModelException;
import io.zoetrope.detector.onnx.Model;
import io.zoetrope.detector.onnx.ModelReport;
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
    name = "inspect",
    description = {
      "Shows what there is to know about a model: its family and by what that is told, the pictures that it takes, its"
          + " outputs, its classes, and what its file says.",
      "",
      "What can be known of a model that can't be used is shown as well, along with the reason."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {"0:The model can be used.", "2:Wrong usage, or a model that can't be used."})
final class ModelsInspectCommand implements Callable<Integer>, CommandTree.HasSettings {
  @Mixin private CommonOptions common;
  @Spec private CommandSpec command;

  @Parameters(
      paramLabel = "FILE|NAME",
      description = "An ONNX file, or a name that `zoetrope models list` shows.")
  private String model;

  @Option(names = "--json", description = "Print one JSON document on stdout instead of the text.")
  private boolean json;

  @Override
  public List<Setting<?>> settings() {
    return List.of(
        Settings.MODEL_FAMILY,
        Settings.MODEL_NAMES,
        Settings.MODEL_INPUT,
        Settings.MODELS_FOLDER,
        Settings.MODELS_CATALOGUE,
        Settings.MODELS_PULL);
  }

  @Override
  public Integer call() {
    Configuration configuration = common.configuration(settings());
    PrintWriter err = command.commandLine().getErr();
    ModelReport report = inspect(configuration, err);
    PrintWriter out = command.commandLine().getOut();
    out.print(json ? ModelReportJson.render(report) + "\n" : ModelReportText.render(report));
    out.flush();
    report.problem().ifPresent(p -> ErrorMessages.print(err, p.code(), p.message()));
    return report.problem().isPresent() ? ErrorMessages.UNUSABLE : 0;
  }

  private ModelReport inspect(Configuration configuration, PrintWriter err) {
    try {
      return Model.inspect(
          ModelShelf.of(configuration, err).file(model),
          ModelOptionSettings.read(configuration),
          ModelTrialSettings.of(configuration));
    } catch (ModelException e) {
      throw new UserError(e.code().name(), e.getMessage(), e);
    }
  }
}
