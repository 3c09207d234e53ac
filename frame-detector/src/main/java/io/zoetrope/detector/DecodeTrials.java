package io.zoetrope.detector;

import io.zoetrope.batches.BatchException;
import io.zoetrope.batches.BatchReferences;
import io.zoetrope.events.FrameBatch;
import io.zoetrope.isolation.Trials;
import io.zoetrope.media.InputFormat;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Decodes and prepares batches in a child process, to see whether it survives. */
final class DecodeTrials implements Quarantine.Trials {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PATIENCE_PER_FRAME = Duration.ofMillis(200);

  private final InputFormat format;
  private final BatchReferences references;
  private final Trials trials = new Trials(DecodeTrial.class);

  DecodeTrials(InputFormat format, BatchReferences references) {
    this.format = format;
    this.references = references;
  }

  @Override
  public CompletableFuture<Optional<String>> start(FrameBatch batch) {
    return trials.start(new BatchTrial(batch));
  }

  private final class BatchTrial implements Trials.Trial {
    private final FrameBatch batch;

    BatchTrial(FrameBatch batch) {
      this.batch = batch;
    }

    @Override
    public Optional<byte[]> request() {
      try {
        return Optional.of(new TrialRequest(format, references.resolve(batch)).toBytes());
      } catch (BatchException e) {
        if (BatchReferences.isPassing(e)) {
          throw e;
        }
        // It kills nothing, and fails where it is decoded.
        return Optional.empty();
      }
    }

    @Override
    public SeekableByteChannel original() {
      return references.original(batch.getChain().getLocation());
    }

    @Override
    public Duration patience() {
      return PATIENCE.plus(PATIENCE_PER_FRAME.multipliedBy(batch.getExpectedFrames()));
    }
  }

  @Override
  public void close() {
    trials.close();
  }
}
