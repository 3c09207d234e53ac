package io.zoetrope.isolation;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parent's side of one child's life. */
final class TrialConversation implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrialConversation.class);

  private static final ScheduledExecutorService WATCH =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "zoetrope-trial-watch");
            thread.setDaemon(true);
            return thread;
          });

  private final Process child;
  private final DataInputStream in;
  private final DataOutputStream out;
  private volatile boolean hung;

  private TrialConversation(Process child) {
    this.child = child;
    this.in = new DataInputStream(new BufferedInputStream(child.getInputStream()));
    this.out = new DataOutputStream(new BufferedOutputStream(child.getOutputStream()));
  }

  /**
   * Starts a child and waits until it is ready.
   *
   * @throws IOException where it doesn't come to that
   */
  static TrialConversation start(ProcessBuilder builder, Duration patience) throws IOException {
    TrialConversation conversation = new TrialConversation(builder.start());
    try {
      if (conversation.nextMessage(patience) == TrialMessages.READY) {
        return conversation;
      }
      conversation.close();
      throw new IOException("the child says something unheard of");
    } catch (IOException e) {
      throw new IOException("the child " + conversation.death(patience).getMessage(), e);
    }
  }

  /** Returns when the child is done with the request: it survived, or failed. */
  TrialResult carryOut(
      byte[] request,
      Supplier<SeekableByteChannel> original,
      Duration patience,
      BooleanSupplier abandoned)
      throws TrialDeathException {
    try (ServedOriginal served = new ServedOriginal(original)) {
      out.writeInt(request.length);
      out.write(request);
      out.flush();
      while (true) {
        int message = nextMessage(patience);
        if (message == TrialMessages.DONE) {
          return result();
        }
        if (abandoned.getAsBoolean()) {
          throw new CancellationException();
        }
        switch (message) {
          case TrialMessages.SIZE -> served.answerSize(out);
          case TrialMessages.READ -> served.answerRead(in, out);
          default -> throw new IOException("the child says something unheard of");
        }
      }
    } catch (IOException e) {
      throw death(patience);
    }
  }

  private TrialResult result() throws IOException {
    String failure = in.readUTF();
    byte[] answer = new byte[in.readInt()];
    in.readFully(answer);
    if (failure.isEmpty()) {
      return TrialResult.survived(answer);
    }
    LOG.info("A trial ended with {}", failure);
    return new TrialResult(TrialResult.Outcome.FAILED, failure);
  }

  /** Blocks for {@code patience} at most: then the child is ended, and its pipe with it. */
  private int nextMessage(Duration patience) throws IOException {
    Future<?> watch =
        WATCH.schedule(
            () -> {
              hung = true;
              child.destroyForcibly();
            },
            patience.toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      return in.readByte();
    } finally {
      watch.cancel(false);
    }
  }

  /** Its pipe is broken: it is dying, or as good as dead. */
  private TrialDeathException death(Duration patience) {
    try {
      if (!child.waitFor(1, TimeUnit.SECONDS)) {
        child.destroyForcibly();
      }
      int status = child.waitFor();
      return hung
          ? TrialDeathException.hung(patience)
          : TrialDeathException.of("died of " + Ending.name(status), Ending.isCrash(status));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      child.destroyForcibly();
      return TrialDeathException.of("was not waited for", false);
    }
  }

  @Override
  public void close() {
    child.destroyForcibly();
  }
}
