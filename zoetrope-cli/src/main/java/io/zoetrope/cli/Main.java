package io.zoetrope.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Where the launcher starts. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(CommandTree.create(out, err).execute(arguments));
  }
}
