package io.zoetrope.isolation;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The inside of a {@link TrialProcess}: the {@code main} of its class calls {@link #serve} or
 * {@link #run}.
 */
public final class TrialChild {
  private static final int MAX_FAILURE = 1000;
  private static final byte[] NOTHING = {};

  private TrialChild() {}

  /** Serves requests until the parent closes its end; ends with the parent. */
  public static void serve(TrialTask task) throws IOException {
    run(
        (request, original) -> {
          task.run(request, original);
          return NOTHING;
        });
  }

  /** Likewise, with something to bring back. */
  public static void run(TrialErrand errand) throws IOException {
    // Whatever logs or prints must not get between the messages.
    System.setOut(System.err);
    ProcessHandle.current().parent().ifPresent(TrialChild::endWith);
    try (DataInputStream in =
            new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
        DataOutputStream out =
            new DataOutputStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)))) {
      out.writeByte(TrialMessages.READY);
      out.flush();
      for (ByteBuffer request = request(in); request != null; request = request(in)) {
        String failure = "";
        byte[] answer = NOTHING;
        try {
          answer = errand.run(request, new RemoteOriginal(in, out));
        } catch (Exception e) {
          failure = e instanceof TrialFailureException ? e.getMessage() : e.toString();
        }
        out.writeByte(TrialMessages.DONE);
        out.writeUTF(failure.substring(0, Math.min(failure.length(), MAX_FAILURE)));
        out.writeInt(answer.length);
        out.write(answer);
        out.flush();
      }
    }
  }

  /** Also out of native code that doesn't return. */
  private static void endWith(ProcessHandle parent) {
    Thread watch =
        new Thread(
            () -> {
              parent.onExit().join();
              Runtime.getRuntime().halt(0);
            },
            "zoetrope-parent-watch");
    watch.setDaemon(true);
    watch.start();
  }

  private static ByteBuffer request(DataInputStream in) throws IOException {
    int length;
    try {
      length = in.readInt();
    } catch (EOFException end) {
      return null;
    }
    byte[] request = new byte[length];
    in.readFully(request);
    return ByteBuffer.wrap(request);
  }
}
