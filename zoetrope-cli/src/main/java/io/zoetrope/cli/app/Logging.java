package io.zoetrope.cli.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Where the log goes: all of it to a file in the data folder; to the terminal only what Zoetrope
 * itself can't go on with, unless it was asked to be verbose. Kafka tells a lot that is of no use
 * to people at a terminal.
 */
public final class Logging {
  private static final String OWN = "io.zoetrope";
  private static final String LINE = "%d{HH:mm:ss.SSS} %-5level [%thread] %logger{24}: %msg%n";
  private static final String SHORT_LINE = "zoetrope: %msg%n%nopex";
  private static final String VERBOSE = "zoetrope.verbose";

  /** What tells more than anybody reads, and from which level on it is of use. */
  private static final Map<String, Level> CHATTER =
      Map.of(
          "org.apache.kafka", Level.WARN,
          "org.apache.kafka.streams.StreamsConfig", Level.ERROR,
          "kafka", Level.WARN,
          "kafka.server.DefaultAutoTopicCreationManager", Level.ERROR,
          "state.change.logger", Level.WARN,
          "org.eclipse.jetty", Level.WARN,
          "io.javalin", Level.WARN);

  private static final FileSize FILE_SIZE = FileSize.valueOf("10MB");

  private Logging() {}

  /** Logs to the terminal only. */
  public static void toTerminal(boolean verbose) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    context.putProperty(VERBOSE, verbose ? "" : null);
    context.getLogger(OWN).setLevel(Level.DEBUG);
    context.getLogger(OWN).addAppender(terminal(context, verbose ? "DEBUG" : "ERROR", verbose));
    if (verbose) {
      Appender<ILoggingEvent> others = terminal(context, "WARN", true);
      context.getLogger("org").addAppender(others);
      context.getLogger("kafka").addAppender(others);
    }
  }

  /**
   * Logs to the terminal what whoever collects a service's output wants of it: what Zoetrope does,
   * and what others warn of. Takes the place of {@link #toTerminal}.
   */
  public static void ofService() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    boolean verbose = context.getProperty(VERBOSE) != null;
    context.reset();
    context.getLogger(OWN).setLevel(verbose ? Level.DEBUG : Level.INFO);
    if (!verbose) {
      CHATTER.forEach((name, level) -> context.getLogger(name).setLevel(level));
    }
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(terminal(context, verbose ? "DEBUG" : "INFO", true));
  }

  private static Appender<ILoggingEvent> terminal(
      LoggerContext context, String least, boolean verbose) {
    ThresholdFilter filter = new ThresholdFilter();
    filter.setLevel(least);
    filter.start();
    ConsoleAppender<ILoggingEvent> terminal = new ConsoleAppender<>();
    terminal.setTarget("System.err");
    terminal.addFilter(filter);
    start(terminal, context, verbose ? LINE : SHORT_LINE);
    return terminal;
  }

  /**
   * Logs to {@code file} as well, which never grows beyond some 30 MB with its two predecessors.
   */
  public static void toFile(Path file) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setFile(file.toString());
    FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
    rolling.setContext(context);
    rolling.setParent(appender);
    rolling.setFileNamePattern(file + ".%i");
    rolling.setMaxIndex(2);
    rolling.start();
    SizeBasedTriggeringPolicy<ILoggingEvent> trigger = new SizeBasedTriggeringPolicy<>();
    trigger.setContext(context);
    trigger.setMaxFileSize(FILE_SIZE);
    trigger.start();
    appender.setRollingPolicy(rolling);
    appender.setTriggeringPolicy(trigger);
    start(appender, context, "%d{yyyy-MM-dd} " + LINE);
    if (context.getProperty(VERBOSE) == null) {
      CHATTER.forEach((name, level) -> context.getLogger(name).setLevel(level));
    }
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(appender);
  }

  private static void start(
      OutputStreamAppender<ILoggingEvent> appender, LoggerContext context, String pattern) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(pattern);
    encoder.start();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.start();
  }
}
