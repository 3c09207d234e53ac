package io.zoetrope.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Processor time of this process by what its threads are there for. */
final class ThreadTimes {
  /** Threads of one kind, by the beginning of their names. */
  private record Group(String name, Pattern threads) {
    Group(String name, String threads) {
      this(name, Pattern.compile("(" + threads + ").*"));
    }
  }

  static final String WORKERS = "workers";
  static final String REST = "other, ended";

  /** The first that fits counts. */
  private static final List<Group> JAVA =
      List.of(
          new Group(WORKERS, "zoetrope-inference"),
          new Group("detector loop", "zoetrope-detector"),
          new Group("splitter", "zoetrope-splitter|zoetrope-intake"),
          new Group("topology", ".*StreamThread-\\d+$|.*StateUpdater|.*stream.*CleanupThread"),
          new Group("HTTP", "Jetty|qtp|JettyServer|HttpClient"),
          new Group(
              "Kafka clients",
              "kafka-producer-network|consumer_background|kafka-admin|kafka-coordinator-heartbeat|.*GlobalStream"),
          new Group(
              "broker",
              "data-plane|control-plane|kafka-|raft|quorum|controller|broker|group-coordinator|transaction|TxnMarker|ExpirationReaper|ThrottledChannel|share-|metrics|Log|log-|metadata|executor|alter-partition|AddPartitions|.*event-processor"));

  private static final List<Group> NATIVE =
      List.of(
          new Group("JIT compilers", "C1 |C2 |Sweeper"),
          new Group("garbage collection", "GC |G1 |VM Thread|ZGC|Shenandoah"),
          new Group("topology", "rocksdb"));

  /** Ticks of {@code /proc}, a hundred in a second on every Linux. */
  private static final long NANOS_PER_TICK = 10_000_000;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private ThreadTimes() {}

  /** Nanoseconds by group since the process began; the sum is the time of the whole process. */
  static Map<String, Long> now() {
    Map<String, Long> times = new TreeMap<>();
    for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
      if (thread != null) {
        long time = THREADS.getThreadCpuTime(thread.getThreadId());
        add(times, JAVA, thread.getThreadName(), Math.max(0, time));
      }
    }
    nativeThreads().forEach((name, time) -> add(times, NATIVE, name, time));
    long process =
        ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    long known = times.values().stream().mapToLong(Long::longValue).sum();
    times.put(REST, process - known);
    return times;
  }

  private static void add(Map<String, Long> times, List<Group> groups, String thread, long nanos) {
    for (Group group : groups) {
      if (group.threads.matcher(thread).matches()) {
        times.merge(group.name, nanos, Long::sum);
        return;
      }
    }
  }

  private static Map<String, Long> nativeThreads() {
    Map<String, Long> times = new LinkedHashMap<>();
    try (var tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
      for (Path task : tasks) {
        read(task.resolve("stat"), times);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return times;
  }

  /**
   * {@code 4711 (C2 CompilerThre) S ...}: user and system time are the 12th and 13th after that.
   */
  private static void read(Path stat, Map<String, Long> times) throws IOException {
    try {
      String line = Files.readString(stat);
      int end = line.lastIndexOf(')');
      String[] fields = line.substring(end + 2).split(" ", -1);
      long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
      times.merge(line.substring(line.indexOf('(') + 1, end), ticks * NANOS_PER_TICK, Long::sum);
    } catch (NoSuchFileException ended) {
      // Its time is in that of the process.
    }
  }
}
