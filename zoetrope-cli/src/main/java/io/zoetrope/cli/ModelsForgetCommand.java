package io.zoetrope.cli;

import io.zoetrope.cli.cluster.ClusterAddress;
import io.zoetrope.cli.cluster.ClusterCheck;
import io.zoetrope.cli.config.Setting;
import io.zoetrope.cli.config.Settings;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.schemas.EventException;
import io.zoetrope.schemas.ModelNames;
import io.zoetrope.schemas.models.ModelAnnouncement;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "forget",
    description = {
      "Takes a model back that detectors of a cluster have announced and none runs any more.",
      "",
      "Runs that name no model no longer go to it, and `GET /v1/models` no longer lists it. What it has found stays. A"
          + " detector that starts with it announces it again."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {"0:It is forgotten, or was never known.", TopicsCommand.UNUSABLE})
final class ModelsForgetCommand implements Callable<Integer>, CommandTree.HasSettings {
  @Mixin private CommonOptions common;
  @Spec private CommandSpec command;

  @Parameters(paramLabel = "ID", description = "The model's id, as `GET /v1/models` lists it.")
  private String id;

  @Override
  public List<Setting<?>> settings() {
    return List.of(Settings.BOOTSTRAP_SERVERS);
  }

  @Override
  public Integer call() {
    ClusterAddress cluster = ClusterAddress.ofBrokers(common.configuration(settings()));
    if (!ModelNames.isId(id)) {
      throw new UserError(
          "MODEL_UNKNOWN",
          "%s is no model's id; give one as `GET /v1/models` lists them, with its digits"
              .formatted(id));
    }
    try (Admin admin = cluster.admin()) {
      new ClusterCheck(admin, cluster.servers()).requireFeatures();
      ModelAnnouncement.withdraw(cluster.clients(), id);
    } catch (EventException e) {
      throw new UserError(e.code(), e.getMessage(), e);
    }
    command.commandLine().getOut().println(id + " is forgotten.");
    return 0;
  }
}
