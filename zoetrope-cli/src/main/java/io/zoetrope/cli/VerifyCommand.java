package io.zoetrope.cli;

import io.zoetrope.cli.app.Logging;
import io.zoetrope.cli.cluster.ClusterAddress;
import io.zoetrope.cli.config.Configuration;
import io.zoetrope.cli.config.Setting;
import io.zoetrope.cli.config.Settings;
import io.zoetrope.cli.data.PrivateFolder;
import io.zoetrope.cli.verify.LogVerifier;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "verify",
    description = {
      "Compares the state stores with what the topics tell.",
      "",
      "Rebuilds every store from the topics' beginning in a temporary folder, and prints for each run its digest, and"
          + " whether the service at --server has the same. Without --server it prints what the topics tell. Changes"
          + " nothing."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:Every run that has ended is the same.",
      "1:Some runs differ (they are named), or Zoetrope itself failed.",
      "2:Wrong usage, or a cluster or a service that can't be used."
    })
final class VerifyCommand implements Callable<Integer>, CommandTree.HasSettings {
  @Mixin private CommonOptions common;
  @Spec private CommandSpec command;

  @Override
  public List<Setting<?>> settings() {
    return ClusterAddress.ofRunning();
  }

  @Override
  public Integer call() {
    Configuration configuration = common.configuration(settings());
    ClusterAddress cluster = ClusterAddress.ofRunning(configuration, LogVerifier.TOPICS);
    try (PrivateFolder folder = PrivateFolder.create()) {
      Logging.toFile(folder.folder().logFile());
      LogVerifier verifier =
          new LogVerifier(
              cluster,
              configuration.find(Settings.SERVER_URL),
              command.commandLine().getOut(),
              command.commandLine().getErr());
      return verifier.verify(folder.folder().state()) ? 0 : ErrorMessages.FAILED;
    }
  }
}
