package io.zoetrope.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zoetrope.benchmarks.Measurement.Snapshot;
import java.util.Scanner;

/** The work of a process that is measured, as {@link MeasuredProcess} asks for it. */
interface Subject {
  /** The line behind a measurement. */
  String END = "end";

  /** Lets the work go on for so long. */
  void work(long seconds) throws Exception;

  Snapshot snapshot() throws Exception;

  /** Detections in the clip from its beginning to its end; waits for the first of them. */
  double detections() throws Exception;

  /** Answers requests of "SECONDS SECONDS", unmeasured and measured, until there are no more. */
  static void serve(Subject subject) throws Exception {
    Scanner requests = new Scanner(System.in, UTF_8);
    while (requests.hasNextLong()) {
      subject.work(requests.nextLong());
      Snapshot start = subject.snapshot();
      subject.work(requests.nextLong());
      Snapshot end = subject.snapshot();
      start.until(end, subject.detections()).print();
      System.out.println(END);
    }
  }
}
