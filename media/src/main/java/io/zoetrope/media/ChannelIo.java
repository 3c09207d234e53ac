package io.zoetrope.media;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Lets FFmpeg read from a {@link SeekableByteChannel}. Owns the native I/O context, not the
 * channel. An exception of the channel is an I/O error to FFmpeg, and kept for whoever asks.
 */
final class ChannelIo implements AutoCloseable {
  private static final int BUFFER_BYTES = 256 << 10;
  private static final int SEEK_CURRENT = 1;
  private static final int SEEK_END = 2;

  // JavaCPP has room for only a handful of callback objects, so these serve every context, which
  // they know by the number in its opaque pointer.
  private static final Map<Long, ChannelIo> OPEN = new ConcurrentHashMap<>();
  private static final AtomicLong LAST_ID = new AtomicLong();
  private static final Reader READER = new Reader();
  private static final Seeker SEEKER = new Seeker();
  private static final Interrupter INTERRUPTER = new Interrupter();

  private final long id = LAST_ID.incrementAndGet();
  private final SeekableByteChannel channel;
  private final AVIOContext context;
  private ReadAllowance allowance;
  private IOException failure;

  ChannelIo(SeekableByteChannel channel, ReadAllowance allowance) {
    this.channel = channel;
    this.allowance = allowance;
    BytePointer buffer = new BytePointer(avutil.av_malloc(BUFFER_BYTES));
    context =
        avformat.avio_alloc_context(
            buffer, BUFFER_BYTES, 0, new NumberPointer(id), READER, null, SEEKER);
    OPEN.put(id, this);
  }

  AVIOContext context() {
    return context;
  }

  /** Lets {@code format} read from here, and be interrupted once the allowance is spent. */
  void attach(AVFormatContext format) {
    format.pb(context);
    format.interrupt_callback().callback(INTERRUPTER).opaque(new NumberPointer(id));
  }

  /** From now on so much may be read. */
  void allow(ReadAllowance other) {
    allowance = other;
  }

  ReadAllowance allowance() {
    return allowance;
  }

  /** The first exception that the channel threw. */
  Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public void close() {
    OPEN.remove(id);
    // FFmpeg may have replaced the buffer that it was given.
    avutil.av_free(context.buffer());
    avformat.avio_context_free(context);
  }

  private int read(BytePointer target, int size) throws IOException {
    if (allowance.isSpent()) {
      return avutil.AVERROR_EXIT();
    }
    int count = channel.read(target.position(0).capacity(size).asByteBuffer());
    allowance.spend(count);
    return count < 0 ? avutil.AVERROR_EOF : count;
  }

  private long seek(long offset, int whence) throws IOException {
    if (whence == avformat.AVSEEK_SIZE) {
      return channel.size();
    }
    long origin =
        switch (whence & ~avformat.AVSEEK_FORCE) {
          case SEEK_CURRENT -> channel.position();
          case SEEK_END -> channel.size();
          default -> 0;
        };
    long target = origin + offset;
    if (target < 0) {
      return Ffmpeg.EIO;
    }
    channel.position(target);
    return target;
  }

  private int fail(Exception cause) {
    if (failure == null) {
      failure = cause instanceof IOException known ? known : new IOException(cause);
    }
    return Ffmpeg.EIO;
  }

  private static final class Reader extends Read_packet_Pointer_BytePointer_int {
    @Override
    public int call(Pointer opaque, BytePointer target, int size) {
      ChannelIo io = OPEN.get(opaque.address());
      // An exception must never reach the native caller.
      try {
        return io.read(target, size);
      } catch (IOException | RuntimeException e) {
        return io.fail(e);
      }
    }
  }

  private static final class Interrupter extends AVIOInterruptCB.Callback_Pointer {
    @Override
    public int call(Pointer opaque) {
      ChannelIo io = OPEN.get(opaque.address());
      return io != null && io.allowance.isSpent() ? 1 : 0;
    }
  }

  private static final class Seeker extends Seek_Pointer_long_int {
    @Override
    public long call(Pointer opaque, long offset, int whence) {
      ChannelIo io = OPEN.get(opaque.address());
      try {
        return io.seek(offset, whence);
      } catch (IOException | RuntimeException e) {
        return io.fail(e);
      }
    }
  }
}
