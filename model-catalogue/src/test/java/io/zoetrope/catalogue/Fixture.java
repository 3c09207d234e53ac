package io.zoetrope.catalogue;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the tests of pulls have in common. */
final class Fixture {
  static final Patience IMPATIENT =
      new Patience(
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          3,
          Duration.ofMillis(1),
          Duration.ofMillis(20));
  static final long LIMIT = 1 << 24;

  private Fixture() {}

  /** Bytes that look like nothing else. */
  static byte[] bytes(int count, long seed) {
    byte[] bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  static CatalogueEntry entry(URI url, Optional<String> sha256) {
    return new CatalogueEntry(
        "net", url, sha256, Optional.empty(), "Apache-2.0", "yolox", OptionalLong.empty(), "");
  }

  static ModelPull pull(ModelsFolder folder, Heard heard) {
    return pull(folder, heard, Map.of());
  }

  static ModelPull pull(ModelsFolder folder, Heard heard, Map<String, String> environment) {
    return new ModelPull(
        folder, HttpClient.newBuilder(), new Proxies(environment), IMPATIENT, LIMIT, heard);
  }

  static Path part(ModelsFolder folder) {
    return folder.path().resolve("net.onnx.part");
  }

  /** Remembers what was said. */
  static final class Heard implements PullListener {
    final List<String> notes = new CopyOnWriteArrayList<>();
    volatile long begunWith = -1;
    volatile long fetched;
    volatile long here;
    volatile OptionalLong total = OptionalLong.empty();

    @Override
    public void begin(CatalogueEntry entry, Optional<String> sha256, long bytesHere) {
      begunWith = bytesHere;
    }

    @Override
    public void progress(long bytesFetched, long bytesHere, OptionalLong bytesTotal) {
      fetched = bytesFetched;
      here = bytesHere;
      total = bytesTotal;
    }

    @Override
    public void note(String sentence) {
      notes.add(sentence);
    }
  }
}
