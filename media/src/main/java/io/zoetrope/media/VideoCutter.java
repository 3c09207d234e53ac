package io.zoetrope.media;

import static io.zoetrope.media.MediaException.Code.MEDIA_TOO_MANY_BATCHES;
import static io.zoetrope.media.MediaException.Code.MEDIA_UNREADABLE;
import static io.zoetrope.media.VideoPacket.NO_TIMESTAMP;

import io.zoetrope.media.CodedPicture.Shows;
import io.zoetrope.media.PacketAccount.Fate;
import io.zoetrope.media.PacketReader.ReadPacket;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Cuts a video into {@link PacketBatch}es without decoding it. The same bytes and options always
 * give the same batches, so an interrupted split goes on by taking and dropping those it already
 * has. Holds a bounded part of the video in memory. To be used by one thread at a time.
 */
public final class VideoCutter implements Iterator<PacketBatch>, AutoCloseable {
  private final PacketReader reader;
  private final Deque<ReadPacket> head;
  private final boolean timestamps;
  private final PresentationOrder order;
  private final Timeline timeline;
  private final CutPipeline pipeline;
  private final PacketAccount account = new PacketAccount();
  private final MediaLimits limits;
  private final long estimatedFrames;
  private long packets;
  private long lastPts;
  private Optional<PacketBatch> next = Optional.empty();

  private VideoCutter(PacketReader reader, CutOptions options, MediaLimits limits) {
    this.reader = reader;
    this.limits = limits;
    StreamHead streamHead = StreamHead.read(reader);
    if (streamHead.packets().isEmpty()) {
      throw new MediaException(
          MEDIA_UNREADABLE,
          reader.name() + " has a video stream without a picture in it; check that it is whole.");
    }
    estimatedFrames = options.sampling().estimate(stream().estimatedFrames(), stream().frameRate());
    head = new ArrayDeque<>(streamHead.packets());
    timestamps = streamHead.hasTimestamps();
    order = new PresentationOrder(streamHead.isOrderedByTimestamps(), stream().timeBase());
    timeline = new Timeline(stream(), timestamps, streamHead.earliestOrigin(), options.sampling());
    pipeline = new CutPipeline(stream(), timeline, streamHead.encoderNames(), options);
  }

  /**
   * {@link #open(SeekableByteChannel, String, CutOptions, MediaLimits)} with the default limits.
   */
  public static VideoCutter open(SeekableByteChannel source, String name, CutOptions options) {
    return open(source, name, options, MediaLimits.DEFAULT);
  }

  /**
   * Opens a medium that nobody vouches for. Only {@code source} is ever read, whatever the file
   * names in it; the caller closes it, after the cutter.
   *
   * @param name of the medium, for messages
   * @throws MediaException if it isn't a video that can be cut, or passes one of {@code limits}
   */
  public static VideoCutter open(
      SeekableByteChannel source, String name, CutOptions options, MediaLimits limits) {
    PacketReader reader = PacketReader.open(source, name, options.streamIndex(), limits);
    try {
      return new VideoCutter(reader, options, limits);
    } catch (RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  public VideoStream stream() {
    return reader.stream();
  }

  /**
   * When the first of the file's streams starts, in the time base of this one: what counts as time
   * 0 where the file is made into another. Where the file doesn't say, it's the pts of the first
   * displayed frame, known as soon as the first batch is; where packets have no times, 0.
   */
  public long startPts() {
    return timestamps ? reader.startPts().orElseGet(timeline::originPts) : 0;
  }

  /** How many frames will be expected, about, by what the container claims; 0 if unknown. */
  public long estimatedFrames() {
    return estimatedFrames;
  }

  /**
   * Reads as far as the next batch.
   *
   * @throws MediaException if the medium can't be read or what it needs passes a limit
   */
  @Override
  public boolean hasNext() {
    for (next = next.or(pipeline::poll); next.isEmpty(); next = pipeline.poll()) {
      if (pipeline.ended()) {
        return false;
      }
      readPacket();
    }
    return true;
  }

  @Override
  public PacketBatch next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no batch after the last one of " + reader.name());
    }
    PacketBatch batch = next.orElseThrow();
    requireFewBatches(batch);
    next = Optional.empty();
    return batch;
  }

  /** What was cut so far; of the whole video once {@link #hasNext()} is false. */
  public CutSummary summary() {
    return new CutSummary(
        pipeline.batches(),
        pipeline.frames(),
        account.close(reader.packetsRead(), reader.emptyPackets(), timeline.wanted()),
        timeline.durationMicros(),
        reader.readError());
  }

  @Override
  public void close() {
    reader.close();
  }

  private void requireFewBatches(PacketBatch batch) {
    if (batch.sequence() >= limits.batches()) {
      throw new MediaException(
          MEDIA_TOO_MANY_BATCHES,
          "%s needs more than %d batches; split the file, or raise media.limits.batches."
              .formatted(reader.name(), limits.batches()));
    }
  }

  private void readPacket() {
    Optional<ReadPacket> read = head.isEmpty() ? reader.read() : Optional.of(head.removeFirst());
    read.ifPresentOrElse(this::enqueue, pipeline::end);
  }

  private void enqueue(ReadPacket read) {
    VideoPacket packet = read.packet();
    pipeline.add(
        new CutPacket(
            packets++,
            timestamps ? packet : packet.withFrame(NO_TIMESTAMP, VideoPacket.NOT_EMITTED),
            read.picture(),
            order.place(pts(read), packet.dts(), read.picture()),
            account.count(packet, read.picture()) == Fate.SHOWN,
            read.newExtradata()));
  }

  /** What orders the packet; a single one without a pts gets the best that can be said. */
  private long pts(ReadPacket read) {
    if (!timestamps) {
      return NO_TIMESTAMP;
    }
    if (read.packet().pts() != NO_TIMESTAMP) {
      lastPts = read.packet().pts();
    } else if (read.packet().dts() != NO_TIMESTAMP && read.picture().shows() == Shows.FRAME) {
      lastPts = read.packet().dts();
    }
    return lastPts;
  }
}
