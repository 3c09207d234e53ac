package io.zoetrope.benchmarks;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command line of the benchmarks. */
@Command(
    name = "benchmarks",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Measures Zoetrope beside the bare libraries, both in one run.",
    subcommands = {
      CutBenchmark.class,
      DecodeBenchmark.class,
      StageBenchmark.class,
      MemoryBenchmark.class,
      PipelineBenchmark.class,
      StepBenchmark.class,
      DetectorMemoryBenchmark.class,
      AnnotateBenchmark.class,
      HelpCommand.class
    })
public final class Benchmarks {
  private Benchmarks() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Benchmarks()).execute(arguments));
  }
}
