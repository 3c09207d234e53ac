package io.zoetrope.cli.models;

import io.zoetrope.catalogue.CatalogueEntry;
import io.zoetrope.catalogue.PullListener;
import io.zoetrope.catalogue.PulledModel;
import io.zoetrope.cli.report.Progress;
import io.zoetrope.cli.report.ProgressDisplay;
import io.zoetrope.cli.report.PullProgress;
import io.zoetrope.cli.report.Sizes;
import io.zoetrope.cli.report.Terminal;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Says on the error stream what is pulled, how far it is, and what came of it. */
final class PullDisplay implements PullListener {
  private final PrintWriter err;
  private final Path pinsFile;
  private ProgressDisplay display;
  private long startedAt;
  private boolean sizeIsTold;

  PullDisplay(PrintWriter err, Path pinsFile) {
    this.err = err;
    this.pinsFile = pinsFile;
    this.display = newDisplay();
  }

  private ProgressDisplay newDisplay() {
    return new ProgressDisplay(
        err, Terminal.ofErrorStream(), Progress.Style.ofLocale(System.getenv()));
  }

  @Override
  public void begin(CatalogueEntry entry, Optional<String> sha256, long here) {
    startedAt = System.nanoTime();
    display = newDisplay();
    err.println(
        "Pulling "
            + entry.name()
            + (entry.description().isEmpty() ? "" : ": " + entry.description()));
    boolean open = sha256.isEmpty() && entry.url().getScheme().equals("http");
    line("from", entry.url() + (open ? ", where anybody on the way can change it" : ""));
    entry.bytes().ifPresent(bytes -> line("size", Sizes.of(bytes)));
    sizeIsTold = entry.bytes().isPresent();
    line(
        "licence",
        entry.licence()
            + (entry.isPermissive()
                ? ""
                : ", which isn't known to be permissive: read what it asks of you before you use the model"));
    line(
        "SHA-256",
        sha256
            .map(hash -> hash + voucher(entry))
            .orElse("not known beforehand: what comes is pinned, and shown"));
    if (here > 0) {
      line("here", Sizes.of(here) + " of an earlier pull");
    }
  }

  private String voucher(CatalogueEntry entry) {
    return entry.sha256().isEmpty()
        ? ", as pinned in " + pinsFile
        : entry.sha256From().map(from -> ", from " + from).orElse("");
  }

  private void line(String key, String value) {
    err.println("  %-8s %s".formatted(key, value));
  }

  @Override
  public void progress(long fetched, long here, OptionalLong total) {
    if (!sizeIsTold) {
      total.ifPresent(bytes -> line("size", Sizes.of(bytes)));
      sizeIsTold = true;
    }
    display.show(
        new PullProgress(fetched, here, total, Duration.ofNanos(System.nanoTime() - startedAt)));
  }

  @Override
  public void note(String sentence) {
    display.println("zoetrope: " + sentence);
  }

  /** Says what came. */
  void end(PulledModel model) {
    display.close();
    if (model.isNew()) {
      err.println(
          "Pulled %s in %.1f s: %s"
              .formatted(model.modelId(), (System.nanoTime() - startedAt) / 1e9, model.file()));
    }
    if (model.isNewlyPinned()) {
      err.println(
          "Its SHA-256 is %s, pinned in %s from now on. Compare it with one from its publisher, if you can."
              .formatted(model.sha256(), pinsFile));
    }
  }

  /** Leaves the terminal with an empty line. */
  void close() {
    display.close();
  }
}
