package io.zoetrope.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Where the launcher starts. */
public final class Main {
  private static final int LAUNCHER_GONE = 143;

  private Main() {}

  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    endWithLauncher();
    System.exit(CommandTree.create(out, err).execute(arguments));
  }

  /** Nobody would find a service whose launcher was killed; it stops as with Ctrl-C. */
  private static void endWithLauncher() {
    String launcher = System.getenv("ZOETROPE_LAUNCHER");
    if (launcher != null) {
      Thread watch = new Thread(() -> endWith(Long.parseLong(launcher)), "zoetrope-launcher-watch");
      watch.setDaemon(true);
      watch.start();
    }
  }

  private static void endWith(long process) {
    ProcessHandle.of(process).ifPresent(launcher -> launcher.onExit().join());
    System.exit(LAUNCHER_GONE);
  }
}
