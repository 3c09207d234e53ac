package io.zoetrope.media;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A JVM that takes many hostile files one after another, and says of each when it begins and how it
 * ended. Whoever started it watches it.
 */
final class HostileChild {
  /** Before a file is begun: its number, or its name. */
  static final String BEGIN = "begin ";

  /** After it, with how it ended. */
  static final String END = "end ";

  /** Megabytes of resident memory after a file. */
  static final String MEMORY = "memory ";

  /** What ended in a way in which no file may. */
  static final String FAILED = "FAILED";

  private static final int MEMORY_INTERVAL = 20;

  private HostileChild() {}

  /** {@code seeds FIRST STEP COUNT ORIGIN...} or {@code files FILE...}. */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = System.out;
    List<String> rest = Arrays.asList(arguments);
    if (arguments[0].equals("files")) {
      for (String file : rest.subList(1, rest.size())) {
        out.println(BEGIN + file);
        out.println(END + verdict(Files.readAllBytes(Path.of(file)), 1));
        out.println(END + verdict(Files.readAllBytes(Path.of(file)), 2));
      }
      return;
    }
    long first = Long.parseLong(arguments[1]);
    long step = Long.parseLong(arguments[2]);
    long count = Long.parseLong(arguments[3]);
    HostileFiles files =
        new HostileFiles(rest.subList(4, rest.size()).stream().map(Path::of).toList());
    LongStream.range(0, count)
        .forEach(
            i -> {
              long seed = first + i * step;
              out.println(BEGIN + seed);
              out.println(END + verdict(files.bytes(seed), 1 + (int) (seed / 64 % 2)));
              if (i % MEMORY_INTERVAL == 0) {
                out.println(MEMORY + residentMegabytes());
              }
            });
  }

  @SuppressWarnings("CatchAndPrintStackTrace")
  private static String verdict(byte[] file, int threads) {
    try {
      return HostileTrial.verdict(file, threads);
    } catch (Throwable e) {
      // For a person to find in the log of the child.
      e.printStackTrace();
      return FAILED + " " + e;
    }
  }

  private static long residentMegabytes() {
    try {
      return NativeMemory.residentMegabytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
