package io.zoetrope.benchmarks;

import io.zoetrope.cli.client.Run;
import io.zoetrope.cli.client.Upload;
import io.zoetrope.cli.client.ZoetropeClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A clip, over and over, as uploads of which each one is another video. */
final class Submissions {
  private static final int BOX_BYTES = 16;

  private final ZoetropeClient client;
  private final Path video;
  private final long frames;
  private final List<Upload> uploads = new ArrayList<>();

  /**
   * @param video is changed with each upload
   * @param frames that it has
   */
  Submissions(ZoetropeClient client, Path video, long frames) {
    this.client = client;
    this.video = video;
    this.frames = frames;
  }

  /** Uploads what is missing, so that more than a whole video is left to be done. */
  void keepAhead(long framesDone) throws IOException {
    while (uploads.size() * frames - framesDone < 3 * frames / 2) {
      makeAnother();
      uploads.add(client.upload(video, "clip " + uploads.size(), Map.of()));
    }
  }

  /** Detections in the first upload, if it is done. */
  OptionalLong detectionsInTheFirst() {
    Upload first = uploads.get(0);
    Run run = client.run(first.videoId(), first.runs().get(0).runId());
    if (run.status() == Run.Status.RUNNING) {
      return OptionalLong.empty();
    }
    if (run.status() != Run.Status.COMPLETE || run.frames().processed() != frames) {
      throw new IllegalStateException("the run isn't complete: " + run);
    }
    return OptionalLong.of(run.labels().values().stream().mapToLong(Run.Label::detections).sum());
  }

  /** An MP4 box at the end that nobody reads: other bytes, other video. */
  private void makeAnother() throws IOException {
    ByteBuffer box =
        ByteBuffer.allocate(BOX_BYTES)
            .putInt(BOX_BYTES)
            .put(new byte[] {'f', 'r', 'e', 'e'})
            .putLong(uploads.size())
            .flip();
    Files.write(video, box.array(), StandardOpenOption.APPEND);
  }
}
