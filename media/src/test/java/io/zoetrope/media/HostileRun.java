package io.zoetrope.media;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Child JVMs that take hostile files, and a watch over them: a file that hangs or kills is named.
 */
final class HostileRun {
  private static final long HANG_SECONDS = 30;
  private static final long WATCH_MILLIS = 500;

  /** What became of a file that must not happen. */
  record Failure(String file, String what) {}

  private final Map<String, Integer> verdicts = new TreeMap<>();
  private final List<Failure> failures = new ArrayList<>();
  private final List<List<Long>> memory = new ArrayList<>();
  private long slowestMillis;
  private String slowest = "";

  /** How often files ended how. */
  Map<String, Integer> verdicts() {
    return verdicts;
  }

  List<Failure> failures() {
    return failures;
  }

  /** Resident megabytes of each child, in the order of the files that it took. */
  List<List<Long>> memory() {
    return memory;
  }

  String slowest() {
    return slowest + ": " + slowestMillis + " ms";
  }

  /** Gives seeds to a child, and what is left to another one where a file ended the first. */
  void takeSeeds(long first, long step, long count, List<Path> origins) throws Exception {
    long next = 0;
    while (next < count) {
      List<String> arguments =
          new ArrayList<>(
              List.of("seeds", "" + (first + next * step), "" + step, "" + (count - next)));
      origins.forEach(origin -> arguments.add(origin.toString()));
      next += runChild(arguments);
    }
  }

  /** Gives files to a child, and those after one that ended it to another. */
  void takeFiles(List<Path> files) throws Exception {
    int next = 0;
    while (next < files.size()) {
      List<String> arguments = new ArrayList<>(List.of("files"));
      files.subList(next, files.size()).forEach(file -> arguments.add(file.toString()));
      next += (int) runChild(arguments);
    }
  }

  /** Returns how many files were begun. */
  private long runChild(List<String> arguments) throws Exception {
    Process child = start(arguments);
    AtomicLong lastLine = new AtomicLong(System.nanoTime());
    Timer watch = new Timer("watch", true);
    long begun = 0;
    String current = "";
    boolean open = false;
    List<Long> sizes = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
      watch.schedule(
          new TimerTask() {
            @Override
            public void run() {
              if (isHung(lastLine)) {
                child.destroyForcibly();
              }
            }
          },
          WATCH_MILLIS,
          WATCH_MILLIS);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        long millis = (System.nanoTime() - lastLine.getAndSet(System.nanoTime())) / 1_000_000;
        if (line.startsWith(HostileChild.BEGIN)) {
          current = line.substring(HostileChild.BEGIN.length());
          begun++;
          open = true;
        } else if (line.startsWith(HostileChild.END)) {
          note(current, line.substring(HostileChild.END.length()), millis);
          open = false;
        } else if (line.startsWith(HostileChild.MEMORY)) {
          sizes.add(Long.valueOf(line.substring(HostileChild.MEMORY.length())));
        }
      }
    } finally {
      watch.cancel();
    }
    int status = child.waitFor();
    synchronized (this) {
      memory.add(sizes);
      if (open) {
        String what = isHung(lastLine) ? "hung" : "killed its process: status " + status;
        failures.add(new Failure(current, what));
      } else if (status != 0) {
        throw new IllegalStateException("a child ended with status " + status);
      }
    }
    return begun;
  }

  private static boolean isHung(AtomicLong lastLine) {
    return System.nanoTime() - lastLine.get() > TimeUnit.SECONDS.toNanos(HANG_SECONDS);
  }

  private synchronized void note(String file, String verdict, long millis) {
    if (millis > slowestMillis) {
      slowestMillis = millis;
      slowest = file;
    }
    if (verdict.startsWith(HostileChild.FAILED)) {
      failures.add(new Failure(file, verdict));
    } else {
      verdicts.merge(verdict, 1, Integer::sum);
    }
  }

  private static Process start(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--enable-native-access=ALL-UNNAMED",
            "-Dorg.bytedeco.javacpp.platform.extension=",
            "-Dorg.bytedeco.javacpp.maxBytes=0",
            "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
            "-XX:ErrorFile=target/hostile/crash-%p.log",
            "-XX:-CreateCoredumpOnCrash",
            "-cp",
            System.getProperty("java.class.path"),
            HostileChild.class.getName()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    // Fewer pools of free memory make what is taken plainer to see.
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    return builder
        .redirectError(
            ProcessBuilder.Redirect.appendTo(Path.of("target/hostile/children.log").toFile()))
        .start();
  }
}
