package io.zoetrope.cli;

import io.zoetrope.cli.app.Service;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/** A service in the foreground, of a terminal or under a supervisor, until it is told to stop. */
final class Foreground {
  static final String FAILED = "1:Something failed, or got stuck, that it can't do without.";
  static final String STUCK = "70:It was told to stop, and couldn't within half a minute.";
  static final String INTERRUPTED = "130:Stopped with Ctrl-C.";
  static final String TERMINATED = "143:Stopped with SIGTERM.";

  private static final long CHECK_MILLIS = 500;

  private final PrintWriter out;
  private final PrintWriter err;

  Foreground(CommandLine command) {
    this.out = command.getOut();
    this.err = command.getErr();
  }

  /** Says how it is getting on; returns the exit status where it fails, and else not at all. */
  int run(Service service) throws InterruptedException {
    Thread farewell = new Thread(() -> out.println("Stopping " + service.name() + " ..."));
    Runtime.getRuntime().addShutdownHook(farewell);
    String name = sentence(service.name());
    boolean announced = service.ready();
    out.println(name + (announced ? " is up: " : " is starting: ") + service.url());
    service.notes().forEach(out::println);
    out.println("Ctrl-C or SIGTERM stops it.");
    while (true) {
      Optional<String> failure = service.failure();
      if (failure.isPresent()) {
        Runtime.getRuntime().removeShutdownHook(farewell);
        ErrorMessages.print(
            err, "SERVICE_FAILED", failure.get() + "; the log says more, and a restart may help");
        service.giveUp();
        return ErrorMessages.FAILED;
      }
      if (!announced && service.ready()) {
        announced = true;
        out.println(name + " is up: " + service.url());
      }
      TimeUnit.MILLISECONDS.sleep(CHECK_MILLIS);
    }
  }

  private static String sentence(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }
}
