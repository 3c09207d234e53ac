package io.zoetrope.detector.inference;

import io.zoetrope.batches.BatchException;
import io.zoetrope.detector.boxes.Detection;
import io.zoetrope.detector.boxes.PostProcessor;
import io.zoetrope.detector.inference.WorkerTimes.Stage;
import io.zoetrope.detector.onnx.InferenceLane;
import io.zoetrope.detector.onnx.Model;
import io.zoetrope.media.BatchDecoder;
import io.zoetrope.media.DecodedFrame;
import io.zoetrope.media.FrameOutcome;
import io.zoetrope.media.FramePreparer;
import io.zoetrope.media.InputFormat;
import io.zoetrope.media.Letterbox;
import io.zoetrope.media.MediaException;
import io.zoetrope.media.PacketBatch;
import io.zoetrope.media.VideoStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread with the native memory that it needs. It decodes batches and infers pictures, its own
 * and those of other workers: while it decodes, the others take its pictures, and when they have
 * enough, or their own, it infers the next one itself. So one long batch keeps every worker busy,
 * several short ones are decoded side by side, and neither needs more memory.
 */
final class InferenceWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InferenceWorker.class);
  private static final int DECODER_THREADS = 1;

  private final WorkQueue queue;
  private final InputFormat format;
  private final InferenceLane lane;
  private final PostProcessor postProcessor;
  private final FramePreparer preparer = new FramePreparer();
  private final WorkerTimes times;
  private final Predicate<Throwable> passing;
  private final WorkerTimes.Laps laps;

  InferenceWorker(Model model, WorkQueue queue, WorkerTimes times, Predicate<Throwable> passing) {
    this.queue = queue;
    this.passing = passing;
    this.times = times;
    this.laps = times.start();
    this.format = model.inputFormat();
    this.lane = model.newLane();
    this.postProcessor = model.newPostProcessor();
  }

  /** Works until the queue is closed. */
  void work() throws InterruptedException {
    for (Optional<Work> work = next(); work.isPresent(); work = next()) {
      laps.end(Stage.WAIT);
      work.get().performBy(this);
    }
  }

  private Optional<Work> next() throws InterruptedException {
    laps.rest();
    return queue.take();
  }

  void decode(BatchJob job) {
    try {
      if (!job.isOver()) {
        decodeInto(job);
      }
    } catch (CancellationException e) {
      LOG.debug("A batch was abandoned");
    } catch (RuntimeException e) {
      failed(job, e);
    } finally {
      queue.ended(job);
    }
  }

  private void failed(BatchJob job, RuntimeException cause) {
    if (passing.test(cause)) {
      job.putOff(cause);
    } else if (cause instanceof BatchException e) {
      LOG.warn("Batch {} failed: {}", job.sequence(), e.getMessage());
      job.failed(new Failure(e.code(), e.getMessage()));
    } else if (cause instanceof MediaException) {
      LOG.warn("Batch {} failed: {}", job.sequence(), cause.getMessage());
      job.failed(Failure.ofBatch(cause));
    } else {
      LOG.error("Batch {} failed", job.sequence(), cause);
      job.failed(Failure.ofBatch(cause));
    }
  }

  private void decodeInto(BatchJob job) {
    Spread spread = new Spread(job);
    PacketBatch batch = job.open();
    List<FrameOutcome> outcomes =
        job.chain().isPresent()
            ? job.chain().get().decode(batch, spread::accept, () -> isOver(job))
            : decodeAlone(job.stream(), batch, spread);
    spread.decoded();
    job.decoded(outcomes, spread.pictures, spread.nanos);
  }

  /** Asked between the packets that a decoder is brought to its batch by: there may be many. */
  private boolean isOver(BatchJob job) {
    laps.goOn();
    return job.isOver();
  }

  private static List<FrameOutcome> decodeAlone(
      VideoStream stream, PacketBatch batch, Spread spread) {
    try (BatchDecoder decoder = new BatchDecoder(stream, DECODER_THREADS)) {
      return decoder.decode(batch, spread::accept);
    }
  }

  /** Hands the pictures of a batch round. */
  private final class Spread {
    private final BatchJob job;
    private int pictures;
    private long nanos;

    Spread(BatchJob job) {
      this.job = job;
    }

    void accept(DecodedFrame frame) {
      if (job.isOver()) {
        frame.close();
        throw new CancellationException();
      }
      pictures++;
      decoded();
      Picture picture = new Picture(job, frame);
      if (!queue.offer(picture)) {
        infer(picture);
      }
    }

    void decoded() {
      nanos += laps.end(Stage.DECODE);
    }
  }

  /** Infers a picture, along with as many others that wait as one run of the model takes. */
  void infer(Picture first) {
    List<Picture> pictures = new ArrayList<>(lane.batchSize());
    pictures.add(first);
    pictures.addAll(queue.poll(lane.batchSize() - 1));
    List<Prepared> prepared = prepare(pictures);
    long nanos = laps.end(Stage.PREPARE);
    if (prepared.isEmpty()) {
      return;
    }
    try {
      lane.run(prepared.size());
    } catch (RuntimeException e) {
      prepared.forEach(input -> failed(input.picture, e));
      return;
    } finally {
      times.inferred(prepared.size());
      nanos += laps.end(Stage.INFER);
    }
    nanos /= prepared.size();
    for (int slot = 0; slot < prepared.size(); slot++) {
      postProcess(prepared.get(slot), slot, nanos);
    }
  }

  private record Prepared(Picture picture, Letterbox letterbox) {}

  /** Writes the pictures into the first slots of the lane. */
  private List<Prepared> prepare(List<Picture> pictures) {
    List<Prepared> prepared = new ArrayList<>(pictures.size());
    for (Picture picture : pictures) {
      try (DecodedFrame frame = picture.frame()) {
        if (!picture.job().isOver()) {
          Letterbox letterbox = preparer.prepare(frame, format, lane.input(prepared.size()));
          prepared.add(new Prepared(picture, letterbox));
        }
      } catch (RuntimeException e) {
        failed(picture, e);
      }
    }
    return prepared;
  }

  private void postProcess(Prepared input, int slot, long nanosBefore) {
    BatchJob job = input.picture.job();
    try {
      List<List<Detection>> detections =
          job.runs().stream()
              .map(run -> postProcessor.detect(lane.output(slot), run, input.letterbox))
              .toList();
      job.found(
          input.picture.frame(),
          input.letterbox,
          detections,
          nanosBefore + laps.end(Stage.POST_PROCESS));
    } catch (RuntimeException e) {
      failed(input.picture, e);
    }
  }

  private static void failed(Picture picture, RuntimeException cause) {
    LOG.debug("Frame {} failed", picture.frame().index(), cause);
    picture.job().failed(picture.frame(), Failure.ofFrame(cause));
  }

  @Override
  public void close() {
    laps.close();
    lane.close();
    preparer.close();
  }
}
