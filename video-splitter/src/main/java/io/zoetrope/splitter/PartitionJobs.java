package io.zoetrope.splitter;

import io.zoetrope.isolation.RequestLog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What there is to be done for one partition: the requests that wait, and the jobs that are made of
 * them. Several videos are at work at a time, so that a short one isn't behind a long one; those
 * that wait for the detectors take nobody's place. Used by one thread.
 */
abstract class PartitionJobs {
  private static final int AT_WORK = 8;
  private static final int IN_HAND = 32;

  private final List<CutJob> jobs = new ArrayList<>();

  private PartitionJobs() {}

  /** Takes a record that was read. */
  abstract void add(ConsumerRecord<byte[], byte[]> record);

  /** How many requests wait for a job. */
  abstract int waiting();

  /** A job about splits that nobody is at work on; none where every request has to wait. */
  abstract Optional<CutJob> newJob(Set<String> busy);

  /** A job that may begin now, if there is room for one. */
  Optional<CutJob> next() {
    boolean room =
        waiting() > 0
            && jobs.size() < IN_HAND
            && jobs.stream().filter(CutJob::mayGoOn).count() < AT_WORK;
    if (!room) {
      return Optional.empty();
    }
    Set<String> busy = new HashSet<>();
    jobs.forEach(job -> busy.add(job.assignment().split()));
    Optional<CutJob> job = newJob(busy);
    job.ifPresent(jobs::add);
    return job;
  }

  /** Whether no more records should be fetched for the time being. */
  boolean isFull() {
    return waiting() + jobs.size() >= IN_HAND;
  }

  void ended(CutJob job) {
    jobs.remove(job);
  }

  List<CutJob> jobs() {
    return List.copyOf(jobs);
  }

  /** Of requests of one kind. */
  static final class Of<V> extends PartitionJobs {
    private final RequestLog log;
    private final Function<ConsumerRecord<byte[], byte[]>, Optional<Request<V>>> reader;
    private final Function<List<Request<V>>, CutJob> maker;
    private final RequestQueue<V> queue = new RequestQueue<>();

    /**
     * Nothing is read yet.
     *
     * @param log of what is read of the partition
     * @param reader gives nothing for a record that asks for nothing
     * @param maker of a job for requests of one split, or for some of them
     */
    Of(
        RequestLog log,
        Function<ConsumerRecord<byte[], byte[]>, Optional<Request<V>>> reader,
        Function<List<Request<V>>, CutJob> maker) {
      this.log = log;
      this.reader = reader;
      this.maker = maker;
    }

    @Override
    void add(ConsumerRecord<byte[], byte[]> record) {
      Optional<Request<V>> request = reader.apply(record);
      if (request.isPresent()) {
        log.read(record.offset());
        queue.add(request.get());
      } else {
        log.passed(record.offset());
      }
    }

    @Override
    int waiting() {
      return queue.size();
    }

    @Override
    Optional<CutJob> newJob(Set<String> busy) {
      List<Request<V>> requests = queue.takeNext(busy);
      if (requests.isEmpty()) {
        return Optional.empty();
      }
      CutJob job = maker.apply(requests);
      List<Long> taken = job.assignment().offsets();
      queue.putBack(
          requests.stream().filter(request -> !taken.contains(request.offset())).toList());
      return Optional.of(job);
    }
  }
}
