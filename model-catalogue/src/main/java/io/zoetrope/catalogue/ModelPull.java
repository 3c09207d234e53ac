package io.zoetrope.catalogue;

import io.zoetrope.catalogue.CatalogueException.Code;
import io.zoetrope.catalogue.Transfer.PullLimits;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Brings models into a {@link ModelsFolder}. A pull goes on where an earlier one was cut off, gives
 * the file its name only when its hash is right, and may run in any number of processes at once:
 * all but one wait. Calls block; safe to use from any thread.
 */
public final class ModelPull {
  private final ModelsFolder folder;
  private final HttpFiles http;
  private final Patience patience;
  private final long mostBytes;
  private final PullListener listener;

  /**
   * Pulls into {@code folder}.
   *
   * @param environment says which proxies to use
   * @param mostBytes that a model may have
   */
  public ModelPull(
      ModelsFolder folder, Map<String, String> environment, long mostBytes, PullListener listener) {
    this(
        folder,
        HttpClient.newBuilder(),
        new Proxies(environment),
        Patience.USUAL,
        mostBytes,
        listener);
  }

  ModelPull(
      ModelsFolder folder,
      HttpClient.Builder client,
      Proxies proxies,
      Patience patience,
      long mostBytes,
      PullListener listener) {
    this.folder = folder;
    this.http = new HttpFiles(client, proxies, patience);
    this.patience = patience;
    this.mostBytes = mostBytes;
    this.listener = listener;
  }

  /**
   * Returns the model once it lies in the folder, at once where it does already.
   *
   * @param accepted the hash to expect from now on instead of the one that is pinned
   * @throws CatalogueException {@code MODEL_UNAVAILABLE}, {@code MODEL_HASH_MISMATCH}, {@code
   *     MODEL_TOO_LARGE}, {@code MODELS_FOLDER_UNWRITABLE}, {@code PROXY_INVALID}, {@code
   *     CATALOGUE_INVALID}, {@code INTERRUPTED}
   */
  public PulledModel pull(CatalogueEntry entry, Optional<String> accepted) {
    Optional<String> wanted = accepted.map(hash -> hash.toLowerCase(Locale.ROOT));
    if (wanted.isPresent() && entry.sha256().isPresent() && !wanted.equals(entry.sha256())) {
      throw new CatalogueException(
          Code.MODEL_HASH_MISMATCH,
          "the catalogue names the SHA-256 %s for %s, and only it is accepted; to have another file, put an entry into a catalogue of your own (models.catalogue)"
              .formatted(entry.sha256().get(), entry.name()));
    }
    try {
      Files.createDirectories(folder.path());
      return FileLocks.locked(
          folder.path().resolve("." + entry.name() + ".lock"),
          () -> listener.note("another process is pulling " + entry.name() + "; waiting for it"),
          () -> pullAlone(entry, wanted));
    } catch (IOException e) {
      throw folder.unwritable(e);
    }
  }

  private PulledModel pullAlone(CatalogueEntry entry, Optional<String> accepted)
      throws IOException {
    Optional<String> expected = accepted.isPresent() ? accepted : folder.hash(entry);
    Path file = folder.file(entry.name());
    if (Files.isRegularFile(file)) {
      String sha256 = Sha256.of(file);
      if (expected.isEmpty() || expected.get().equals(sha256)) {
        folder.pins().put(entry.name(), sha256);
        return new PulledModel(entry, file, sha256, false, expected.isEmpty());
      }
      listener.note(
          "%s has the SHA-256 %s, not %s; it is pulled anew"
              .formatted(file, sha256, expected.get()));
    }
    PartFile part = new PartFile(file);
    String sha256 = fetchAndCheck(entry, part, expected);
    folder.pins().put(entry.name(), sha256);
    Pins.force(part.path(), StandardOpenOption.WRITE);
    Files.move(
        part.path(), file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    part.forgetOrigin();
    Pins.force(folder.path(), StandardOpenOption.READ);
    return new PulledModel(entry, file, sha256, true, expected.isEmpty());
  }

  private String fetchAndCheck(CatalogueEntry entry, PartFile part, Optional<String> expected)
      throws IOException {
    listener.begin(entry, expected, part.resumable(entry.url()).isPresent() ? part.size() : 0);
    try {
      boolean patched = fetch(entry, part, expected.isPresent());
      String sha256 = Sha256.of(part.path());
      if (patched && !expected.orElse(sha256).equals(sha256)) {
        listener.note("what came in several parts is no whole; pulls it anew in one");
        part.discard();
        fetch(entry, part, expected.isPresent());
        sha256 = Sha256.of(part.path());
      }
      if (!expected.orElse(sha256).equals(sha256)) {
        part.discard();
        throw mismatch(entry, expected.get(), sha256);
      }
      return sha256;
    } catch (NetworkException e) {
      throw e;
    } catch (IOException e) {
      // A full disk is of no use to anybody.
      part.discard();
      throw e;
    }
  }

  /** Tries until all has come, or too many attempts in a row have brought nothing new. */
  private boolean fetch(CatalogueEntry entry, PartFile part, boolean isPinned) throws IOException {
    Transfer transfer =
        new Transfer(entry, part, http, new PullLimits(patience, mostBytes, isPinned), listener);
    long most = part.size();
    int fruitless = 0;
    while (true) {
      try {
        return transfer.attempt();
      } catch (NetworkException e) {
        // A server that always starts over and always breaks off brings nothing new.
        fruitless = part.size() > most ? 1 : fruitless + 1;
        most = Math.max(most, part.size());
        if (fruitless >= patience.attempts()) {
          throw gaveUp(entry, part, e);
        }
        pause(entry, e, fruitless);
      }
    }
  }

  private void pause(CatalogueEntry entry, NetworkException failure, int fruitless) {
    Duration pause = failure.pause().orElse(patience.pauseAfter(fruitless));
    Duration bounded =
        pause.compareTo(patience.longestPause()) > 0 ? patience.longestPause() : pause;
    listener.note(
        String.format(
            Locale.ROOT,
            "%s: %s; tries again in %.1f s",
            entry.url().getHost(),
            failure.getMessage(),
            bounded.toMillis() / 1000.0));
    try {
      TimeUnit.MILLISECONDS.sleep(bounded.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CatalogueException(
          Code.INTERRUPTED, "interrupted while pulling " + entry.name(), e);
    }
  }

  private static CatalogueException gaveUp(
      CatalogueEntry entry, PartFile part, NetworkException cause) throws IOException {
    long here = part.size();
    String kept =
        here == 0
            ? "try again later, or check the connection and the proxy (https_proxy)"
            : "the %d bytes that came are kept, and the next pull goes on with them"
                .formatted(here);
    return new CatalogueException(
        Code.MODEL_UNAVAILABLE,
        "%s can't be had from %s (%s); %s"
            .formatted(entry.name(), entry.url(), cause.getMessage(), kept),
        cause);
  }

  private CatalogueException mismatch(CatalogueEntry entry, String expected, String sha256) {
    String what =
        "%s from %s has the SHA-256 %s, but ".formatted(entry.name(), entry.url(), sha256);
    String advice =
        entry.sha256().isPresent()
            ? "the catalogue names %s; nothing was kept. Either it was altered on its way, or its publisher has changed it: then an entry in a catalogue of your own (models.catalogue) can name the new hash"
                .formatted(expected)
            : "%s was pinned in %s; nothing was kept. If its publisher has changed it, `zoetrope models pull %s --accept %s` takes it"
                .formatted(expected, folder.pins().file(), entry.name(), sha256);
    return new CatalogueException(Code.MODEL_HASH_MISMATCH, what + advice);
  }
}
