package io.zoetrope.isolation;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A child JVM in which something is tried that may kill its process: same class path, same flags,
 * no more heap than {@value #HEAP}. It is started when it is first needed and stays for further
 * requests until it is {@link #close}d, or idle for a while. One thread at a time.
 */
public final class TrialProcess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrialProcess.class);
  private static final String HEAP = "-Xmx512m";
  private static final int ATTEMPTS = 3;

  /** Addresses that the JVM and the libraries take before anything is asked of them. */
  private static final long OWN_SPACE = 2L << 30;

  /** The parent's flags that a child has no use for, or can't share. */
  private static final Pattern OWN_FLAGS =
      Pattern.compile(
          "(-Xmx|-Xms|-agentlib|-javaagent|-XX:TieredStopAtLevel|-XX:[+-]Use\\w+GC$).*");

  private final List<String> command;
  private volatile TrialConversation conversation;

  /**
   * Starts nothing yet.
   *
   * @param main whose {@code main} method calls {@link TrialChild#serve} or {@link TrialChild#run}
   */
  public TrialProcess(Class<?> main) {
    this.command = command("", List.of(), main);
  }

  /**
   * Starts nothing yet.
   *
   * @param main whose {@code main} method calls {@link TrialChild#serve} or {@link TrialChild#run}
   * @param memory most bytes that its native code may ask for: more is refused by the kernel, where
   *     it knows such a limit (on Linux), so that whoever asks can say so
   */
  public TrialProcess(Class<?> main, long memory) {
    this.command =
        command(
            "ulimit -v %d 2> /dev/null; ".formatted((memory + OWN_SPACE) / 1024),
            List.of(
                "-XX:MaxDirectMemorySize=" + memory,
                "-XX:CompressedClassSpaceSize=64m",
                "-XX:ReservedCodeCacheSize=64m"),
            main);
  }

  /**
   * Has a request carried out in the child.
   *
   * @param original what the child may read, opened when it first does, and closed
   * @param patience in which the child has to end, or to read on
   * @param abandoned asked whenever the child reads or dies
   * @throws CancellationException where it was abandoned
   */
  public TrialResult run(
      byte[] request,
      Supplier<SeekableByteChannel> original,
      Duration patience,
      BooleanSupplier abandoned) {
    for (int i = 0; i < ATTEMPTS && !abandoned.getAsBoolean(); i++) {
      TrialConversation child = conversation;
      boolean fresh = child == null;
      try {
        if (fresh) {
          child = TrialConversation.start(builder(), patience);
          conversation = child;
        }
        if (abandoned.getAsBoolean()) {
          throw new CancellationException();
        }
        return child.carryOut(request, original, patience, abandoned);
      } catch (CancellationException e) {
        close();
        throw e;
      } catch (TrialDeathException e) {
        close();
        // An earlier request may have done harm that shows only now, or somebody ended the child.
        if (fresh && e.isConclusive() && !abandoned.getAsBoolean()) {
          return e.result();
        }
        LOG.info("A trial process {}", e.getMessage());
      } catch (IOException e) {
        close();
        LOG.warn("No trial process can be started", e);
      }
    }
    if (abandoned.getAsBoolean()) {
      throw new CancellationException();
    }
    LOG.warn("A trial without a result counts as survived");
    return TrialResult.UNKNOWN;
  }

  /** Ends the child, if there is one, whatever it does. From any thread. */
  @Override
  public void close() {
    TrialConversation child = conversation;
    conversation = null;
    if (child != null) {
      child.close();
    }
  }

  private static List<String> command(String limit, List<String> more, Class<?> main) {
    List<String> command = new ArrayList<>();
    // The JVM's own flag against core dumps turns a crash into a mere exit status 1.
    command.addAll(List.of("/bin/sh", "-c", "ulimit -c 0; " + limit + "exec \"$@\"", "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> !OWN_FLAGS.matcher(flag).matches())
        .forEach(command::add);
    command.addAll(more);
    command.addAll(
        List.of(
            HEAP,
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+DisplayVMOutputToStderr",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    return command;
  }

  private ProcessBuilder builder() {
    return new ProcessBuilder(command)
        .directory(new File(System.getProperty("java.io.tmpdir")))
        .redirectError(Redirect.DISCARD);
  }
}
