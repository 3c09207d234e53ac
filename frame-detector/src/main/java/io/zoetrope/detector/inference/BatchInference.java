package io.zoetrope.detector.inference;

import io.zoetrope.detector.onnx.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs batches through one model with a fixed number of worker threads. Batches are begun in the
 * order in which they were submitted, and as many as there are workers can be in progress at a
 * time; their results don't depend on it. Any thread may submit. Doesn't own the model, which has
 * to outlive it.
 */
public final class BatchInference implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BatchInference.class);

  /** So that one fills while another is run. */
  private final WorkQueue queue;

  private final List<Thread> threads = new ArrayList<>();
  private final Set<BatchJob> jobs = ConcurrentHashMap.newKeySet();

  /** Starts the workers, whose times nobody wants. */
  public BatchInference(Model model, int workers) {
    this(model, workers, new WorkerTimes());
  }

  /** Starts the workers, which keep count in {@code times}. */
  public BatchInference(Model model, int workers, WorkerTimes times) {
    this(model, workers, times, cause -> false);
  }

  /**
   * Likewise.
   *
   * @param passing whether a failure says nothing about its batch, whose future then fails with it:
   *     it is to be tried again
   */
  public BatchInference(Model model, int workers, WorkerTimes times, Predicate<Throwable> passing) {
    queue = new WorkQueue(workers, model.batchSize());
    for (int i = 0; i < workers; i++) {
      Thread thread = new Thread(() -> work(model, times, passing), "zoetrope-inference-" + i);
      threads.add(thread);
      thread.start();
    }
  }

  /**
   * Queues a batch. What is wrong with it, or with a frame, is in the result; the future fails only
   * where a worker does, or what has to be tried again. To cancel it is to abandon the batch. Those
   * of a chain are decoded in the order in which they are submitted.
   */
  public void submit(InferenceRequest request, CompletableFuture<BatchResult> result) {
    BatchJob job = new BatchJob(request, result);
    jobs.removeIf(BatchJob::isOver);
    jobs.add(job);
    queue.add(job);
  }

  private void work(Model model, WorkerTimes times, Predicate<Throwable> passing) {
    try (InferenceWorker worker = new InferenceWorker(model, queue, times, passing)) {
      worker.work();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      LOG.error("An inference worker died", e);
      queue.close();
      jobs.forEach(job -> job.result().completeExceptionally(e));
    }
  }

  /**
   * Abandons what is in hand and returns when the workers have let go of it: after one inference.
   */
  @Override
  public void close() {
    queue.close();
    jobs.forEach(job -> job.result().cancel(false));
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
