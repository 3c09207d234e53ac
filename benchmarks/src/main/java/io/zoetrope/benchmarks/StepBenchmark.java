package io.zoetrope.benchmarks;

import io.zoetrope.benchmarks.micro.Preparing;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** JMH over single steps, with one table at the end. */
@Command(
    name = "steps",
    mixinStandardHelpOptions = true,
    description = "Time of single steps, by JMH: preparing, output decoding, suppression.")
final class StepBenchmark implements Callable<Integer> {
  @Parameters(
      defaultValue = ".*",
      description = "Which steps, a regular expression. Default: all of them.")
  private String steps;

  @Option(names = "--forks", defaultValue = "3", description = "JVMs, one after the other.")
  private int forks;

  @Option(names = "--seconds", defaultValue = "5", description = "Measured in each JVM.")
  private int seconds;

  @Option(
      names = "--jvm",
      split = " ",
      defaultValue = "",
      description = "More options for their JVMs.")
  private List<String> jvm;

  @Override
  public Integer call() throws Exception {
    Options options =
        new OptionsBuilder()
            .include(Preparing.class.getPackageName().replace(".", "\\.") + "\\." + steps)
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.MILLISECONDS)
            .forks(forks)
            .warmupIterations(3)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(seconds)
            .measurementTime(TimeValue.seconds(1))
            .jvmArgsAppend(jvm.stream().filter(o -> !o.isEmpty()).toArray(String[]::new))
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    System.out.printf("%-46s %12s %12s%n", "step", "ms", "error (99.9%)");
    for (RunResult run : new Runner(options).run()) {
      Result<?> result = run.getPrimaryResult();
      System.out.printf(
          Locale.ROOT,
          "%-46s %12.4f %12.4f%n",
          name(run),
          result.getScore(),
          result.getScoreError());
    }
    return 0;
  }

  private static String name(RunResult run) {
    List<String> values =
        run.getParams().getParamsKeys().stream().map(run.getParams()::getParam).toList();
    return run.getPrimaryResult().getLabel()
        + values.stream().collect(Collectors.joining(", ", " ", ""));
  }
}
