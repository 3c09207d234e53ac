package io.zoetrope.cli.app;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Something that works on threads of its own in this process until it is closed. Any thread. */
public interface Service extends AutoCloseable {
  /** What it is, as the object of a sentence: {@code Zoetrope}, {@code the splitter}. */
  String name();

  /** Where it listens, for its API or for health and metrics. */
  URI url();

  /** What its user should know, in sentences. */
  List<String> notes();

  /** Whether it does its work at the moment, or could. */
  boolean ready();

  /** Why only a new process can go on, in words; empty while this one can. */
  Optional<String> failure();

  /** Ends it after a failure: in an orderly way if that takes moments, else the process with it. */
  void giveUp();

  @Override
  void close();
}
