package io.zoetrope.media;

import static io.zoetrope.media.MediaException.Code.MEDIA_TOO_LARGE;
import static io.zoetrope.media.VideoPacket.NO_TIMESTAMP;

import io.zoetrope.media.CodedPicture.Shows;
import io.zoetrope.media.CutRule.Cut;
import io.zoetrope.media.PacketReader.ReadPacket;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.global.avcodec;

/**
 * Cuts a video into {@link PacketBatch}es without decoding it. The same bytes and options always
 * give the same batches, so an interrupted split goes on by taking and dropping those it already
 * has. Holds a bounded part of the video in memory. To be used by one thread at a time.
 */
public final class VideoCutter implements Iterator<PacketBatch>, AutoCloseable {
  /** Packets, and bytes of them, by which it is judged whether a stream carries timestamps. */
  private static final int SAMPLE_PACKETS = 32;

  private static final long SAMPLE_BYTES = 16L << 20;
  private static final int TOLERATED_SHARE_WITHOUT_PTS = 8;
  private static final Set<String> SILENT_BEFORE_RANDOM_ACCESS = Set.of("h264", "hevc");
  private static final long MAX_PREROLL_BYTES = 64L << 20;

  private final PacketReader reader;
  private final CutRule rule;
  private final Deque<ReadPacket> sample = new ArrayDeque<>();
  private final List<CutPacket> window = new ArrayList<>();
  private final boolean timestamps;
  private final PresentationOrder order;
  private final BatchAssembler assembler;
  private boolean ended;
  private long packets;
  private long lastPts;
  private Optional<PacketBatch> next = Optional.empty();

  private VideoCutter(PacketReader reader, CutOptions options) {
    this.reader = reader;
    rule = new CutRule(options);
    readSample();
    timestamps = hasTimestamps();
    order = new PresentationOrder(timestamps, stream().timeBase());
    assembler = new BatchAssembler(stream(), timestamps, earliestOrigin(), encoderNames());
  }

  /**
   * Opens a medium that nobody vouches for. Only {@code source} is ever read, whatever the file
   * names in it; the caller closes it, after the cutter.
   *
   * @param name of the medium, for messages
   * @throws MediaException if it isn't a video that can be cut
   */
  public static VideoCutter open(SeekableByteChannel source, String name, CutOptions options) {
    PacketReader reader = PacketReader.open(source, name, options.streamIndex());
    try {
      return new VideoCutter(reader, options);
    } catch (RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  public VideoStream stream() {
    return reader.stream();
  }

  /**
   * Reads as far as the next batch.
   *
   * @throws MediaException if the medium can't be read or what it needs passes a limit
   */
  @Override
  public boolean hasNext() {
    while (next.isEmpty()) {
      Optional<Cut> cut = rule.cut(window, assembler.prerollBytes(), ended);
      if (cut.isPresent()) {
        next = assembler.assemble(window, cut.get());
        window.subList(0, cut.get().length()).clear();
        requireBoundedPreroll();
      } else if (ended) {
        return false;
      } else {
        readPacket();
      }
    }
    return true;
  }

  @Override
  public PacketBatch next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no batch after the last one of " + reader.name());
    }
    PacketBatch batch = next.orElseThrow();
    next = Optional.empty();
    return batch;
  }

  /** What was handed out so far; of the whole video once {@link #hasNext()} is false. */
  public CutSummary summary() {
    return new CutSummary(
        assembler.batches(),
        assembler.frames(),
        packets,
        assembler.durationMicros(),
        reader.readError());
  }

  @Override
  public void close() {
    reader.close();
  }

  private void readSample() {
    long bytes = 0;
    while (sample.size() < SAMPLE_PACKETS && bytes < SAMPLE_BYTES) {
      Optional<ReadPacket> read = reader.read();
      if (read.isEmpty()) {
        return;
      }
      sample.add(read.get());
      bytes += read.get().packet().data().remaining();
    }
  }

  /** A few packets without a pts are a flaw of the file; more are the nature of its format. */
  private boolean hasTimestamps() {
    long without =
        sample.stream()
            .filter(read -> read.picture().shows() == Shows.FRAME)
            .filter(read -> read.packet().pts() == NO_TIMESTAMP)
            .count();
    return without * TOLERATED_SHARE_WITHOUT_PTS <= sample.size();
  }

  /**
   * A stream may start in mid-GOP. Decoders of H.264 and HEVC then show nothing before the first
   * random-access point: what comes before it is expected, but time doesn't start there.
   */
  private long earliestOrigin() {
    if (!SILENT_BEFORE_RANDOM_ACCESS.contains(stream().codec())) {
      return NO_TIMESTAMP;
    }
    return sample.stream()
        .filter(read -> read.picture().randomAccess())
        .findFirst()
        .map(read -> read.packet().pts())
        .orElse(NO_TIMESTAMP);
  }

  private byte[] encoderNames() {
    if (!stream().codec().equals("h264") || sample.isEmpty()) {
      return new byte[0];
    }
    ByteBuffer first = sample.getFirst().packet().data();
    byte[] packet = new byte[first.remaining()];
    first.duplicate().get(packet);
    return H264Sei.encoderNames(packet, NalUnits.ofH264(stream().extradata()));
  }

  private void readPacket() {
    Optional<ReadPacket> read =
        sample.isEmpty() ? reader.read() : Optional.of(sample.removeFirst());
    read.ifPresentOrElse(this::enqueue, () -> ended = true);
  }

  private void enqueue(ReadPacket read) {
    VideoPacket packet = read.packet().withFrame(pts(read), VideoPacket.NOT_EMITTED);
    boolean discarded = (packet.flags() & avcodec.AV_PKT_FLAG_DISCARD) != 0;
    window.add(
        new CutPacket(
            packets++,
            packet,
            read.picture(),
            order.place(packet.pts(), packet.dts(), read.picture()),
            read.picture().shows() == Shows.FRAME && !discarded,
            read.newExtradata()));
  }

  /** The packet's own pts; a single packet without gets the best that can be said. */
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

  /** Until GOPs of any length can be carried, one that can't ends the video, and says so. */
  private void requireBoundedPreroll() {
    if (assembler.prerollBytes() > MAX_PREROLL_BYTES) {
      throw new MediaException(
          MEDIA_TOO_LARGE,
          reader.name()
              + " has more than 64 MiB between two keyframes; encode it with more keyframes.");
    }
  }
}
