package io.zoetrope.detector;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.batches.BatchReferences;
import io.zoetrope.batches.FrameBatchEvents;
import io.zoetrope.detector.TestVideos.Cut;
import io.zoetrope.events.FrameBatch;
import io.zoetrope.events.InlinePackets;
import io.zoetrope.events.ReferencedPackets;
import io.zoetrope.events.RunOptions;
import io.zoetrope.events.RunRequested;
import io.zoetrope.events.SplitOptions;
import io.zoetrope.media.CutOptions;
import io.zoetrope.media.InputFormat;
import io.zoetrope.media.PacketBatch;
import io.zoetrope.media.Sampling;
import io.zoetrope.schemas.Identities;
import io.zoetrope.schemas.registry.SchemaCatalogue;
import io.zoetrope.schemas.serdes.EventSerdes;
import io.zoetrope.store.FileMediaStore;
import io.zoetrope.store.MediaStore;
import io.zoetrope.store.StoredObject;
import io.zoetrope.store.StoredVideo;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What dies of a trial needs a decoder that kills: see {@code CrashIT}. */
@Timeout(60)
class DecodeTrialsTest {
  private static final int FRAMES = 120;

  @TempDir private Path folder;
  private final List<URI> opened = new ArrayList<>();
  private Path video;
  private BatchReferences references;

  @BeforeEach
  void makeVideo() throws IOException {
    video = folder.resolve("walk.mp4");
    TestVideos.walk(video, FRAMES);
    MediaStore store = FileMediaStore.open(folder.resolve("store"), List.of(folder));
    references =
        new BatchReferences(
            new Watched(store), new EventSerdes(new SchemaCatalogue()).packetObjects());
  }

  @Test
  void shouldLetPassWhatDecodes() throws IOException {
    Cut cut = TestVideos.cut(video, 16);

    try (DecodeTrials trials = new DecodeTrials(InputFormat.ultralytics(64, 64), references)) {
      assertThat(trials.start(event(cut, 3)).join()).isEmpty();
      assertThat(trials.start(event(cut, 1)).join()).isEmpty();
    }
  }

  @Test
  void shouldLetPassWhatFailsInAnOrderlyWay() throws IOException {
    FrameBatch contradicting = event(TestVideos.cut(video, 16), 0);
    contradicting.setPackets(new InlinePackets(List.of()));
    FrameBatch missing = event(TestVideos.cut(video, 16), 0);
    missing.setPackets(
        new ReferencedPackets(folder.resolve("missing").toUri().toString(), 0L, 1L, "00"));

    try (DecodeTrials trials = new DecodeTrials(InputFormat.yolox(64, 64), references)) {
      assertThat(trials.start(contradicting).join()).isEmpty();
      assertThat(trials.start(missing).join()).isEmpty();
    }
  }

  @Test
  void shouldLetTheChildReadTheOriginalOfAChain() throws IOException {
    CutOptions small = new CutOptions(4, 4_000, CutOptions.BEST_STREAM, Sampling.EVERY_FRAME);
    Cut cut = TestVideos.cut(video, small);
    PacketBatch inside =
        cut.batches().stream()
            .filter(batch -> batch.chain().filter(link -> link.overlap() > 0).isPresent())
            .findFirst()
            .orElseThrow();

    try (DecodeTrials trials = new DecodeTrials(InputFormat.ultralytics(64, 64), references)) {
      FrameBatch chained = event(cut, inside.sequence());
      assertThat(trials.start(chained).join()).isEmpty();
    }

    assertThat(opened).containsExactly(video.toUri());
  }

  private FrameBatch event(Cut cut, int sequence) {
    SplitOptions split = new SplitOptions(-1, 16, Identities.CUTTER, null, false);
    RunRequested run =
        new RunRequested(
            "video",
            "run",
            "model",
            video.toUri().toString(),
            "split",
            split,
            new RunOptions(0.25f, 0.45f, null),
            Identities.PREPARATION);
    return FrameBatchEvents.of(cut.batches().get(sequence), cut.stream(), List.of(run));
  }

  /** Notes what is opened. */
  private final class Watched implements MediaStore {
    private final MediaStore store;

    Watched(MediaStore store) {
      this.store = store;
    }

    @Override
    public SeekableByteChannel open(URI location) {
      opened.add(location);
      return store.open(location);
    }

    @Override
    public StoredVideo put(InputStream bytes, long expectedBytes) {
      return store.put(bytes, expectedBytes);
    }

    @Override
    public StoredObject keep(Kind kind, String owner, Content content) {
      return store.keep(kind, owner, content);
    }

    @Override
    public void delete(Kind kind, String owner) {
      store.delete(kind, owner);
    }

    @Override
    public StoredVideo describe(URI location) {
      return store.describe(location);
    }
  }
}
