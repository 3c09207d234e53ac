package io.zoetrope.media;

import static io.zoetrope.media.VideoPacket.NO_TIMESTAMP;

import io.zoetrope.media.PacketReader.ReadPacket;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.global.avcodec;

/**
 * Cuts a stretch out of a video without encoding anything again: an MP4 file with the packets from
 * the keyframe before it on, of which players show the frames of the stretch and nothing else. Not
 * every video can be cut so; then it is said why, and nothing is written.
 */
public final class ClipCopy {
  private static final Rational MICROSECOND = new Rational(1, 1_000_000);

  /** That a video can't be cut without encoding it again. */
  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    Refusal(String sentence) {
      super(sentence);
    }
  }

  private final KeyframeSearch video;
  private final Rational timeBase;
  private final long from;
  private final long to;
  private long startPts = NO_TIMESTAMP;
  private long endPts = NO_TIMESTAMP;
  private long lastEnd = NO_TIMESTAMP;

  private ClipCopy(KeyframeSearch video, long from, long to) {
    this.video = video;
    this.from = from;
    this.to = to;
    timeBase = video.stream().timeBase();
  }

  /**
   * Writes the frame on show at {@code fromMicros} and those that follow until {@code toMicros},
   * exclusive; times are microseconds since the first displayed frame. They keep their distances,
   * the first is shown at 0.
   *
   * @param streamIndex {@link CutOptions#BEST_STREAM} or the stream to take
   * @param sound whether the sound goes along where the file can hold it
   * @return why it can't be done without encoding again, and nothing was written; else empty
   * @throws IOException where the file can't be written
   * @throws MediaException if the medium can't be read any more
   */
  public static Optional<String> write(
      ChainSource.Channel original,
      String name,
      int streamIndex,
      long fromMicros,
      long toMicros,
      boolean sound,
      Path file)
      throws IOException {
    long origin = FrameSeeker.origin(original, name, streamIndex);
    try (SeekableByteChannel channel = original.open();
        KeyframeSearch video = KeyframeSearch.open(channel, name, streamIndex)) {
      Rational timeBase = video.stream().timeBase();
      ClipCopy copy =
          new ClipCopy(
              video,
              origin + Rational.rescale(fromMicros, MICROSECOND, timeBase),
              origin + Rational.rescale(toMicros, MICROSECOND, timeBase));
      copy.findStart();
      copy.write(file, sound ? Optional.of(original) : Optional.empty(), name);
      return Optional.empty();
    } catch (Refusal refusal) {
      return Optional.of(refusal.getMessage());
    }
  }

  /** The frame on show at the beginning is known once no earlier one can follow. */
  private void findStart() throws Refusal {
    if (!ClipFile.holds(video.parameters().codec_id())) {
      throw new Refusal("MP4 holds no " + video.stream().codec());
    }
    for (Optional<ReadPacket> next = seek(); next.isPresent(); next = video.read()) {
      VideoPacket packet = requireOrdinary(next.get());
      if (packet.dts() > from) {
        return;
      }
      if (shows(next.get()) && packet.pts() <= from) {
        startPts = Math.max(startPts, packet.pts());
      }
    }
  }

  private void write(Path file, Optional<ChainSource.Channel> sound, String name)
      throws IOException, Refusal {
    try (ClipFile clip = new ClipFile(file)) {
      int stream = clip.addStream(video.parameters(), timeBase);
      clip.begin(timeBase);
      copyPictures(clip, stream);
      clip.finish();
    }
    trim(file);
  }

  /** Packets behind the end are there only if one before it comes after them. */
  private void copyPictures(ClipFile clip, int stream) throws IOException, Refusal {
    List<VideoPacket> waiting = new ArrayList<>();
    for (Optional<ReadPacket> next = seek(); next.isPresent(); next = video.read()) {
      VideoPacket packet = requireOrdinary(next.get());
      if (packet.dts() >= to) {
        noteEnd(packet);
        return;
      }
      waiting.add(packet);
      if (packet.pts() < to) {
        requireShown(next.get());
        for (VideoPacket due : waiting) {
          clip.write(stream, due, timeBase, startPts);
        }
        waiting.clear();
        lastEnd = Math.max(lastEnd, packet.pts() + packet.duration());
      } else {
        noteEnd(packet);
      }
    }
  }

  private void noteEnd(VideoPacket packet) {
    if (packet.pts() >= to && (endPts == NO_TIMESTAMP || packet.pts() < endPts)) {
      endPts = packet.pts();
    }
  }

  private void trim(Path file) throws IOException {
    long end = endPts == NO_TIMESTAMP ? lastEnd : endPts;
    EditListTrim.trim(file, end - startPts, timeBase);
  }

  private Optional<ReadPacket> seek() throws Refusal {
    Optional<ReadPacket> start = video.seek(from);
    if (start.isEmpty()) {
      throw new Refusal("it has no index of places at which decoding can begin");
    }
    return start;
  }

  private static VideoPacket requireOrdinary(ReadPacket read) throws Refusal {
    VideoPacket packet = read.packet();
    if (packet.pts() == NO_TIMESTAMP || packet.dts() == NO_TIMESTAMP) {
      throw new Refusal("not all of its packets have a time");
    }
    if (read.newExtradata().isPresent()) {
      throw new Refusal("its codec's header changes on the way");
    }
    return packet;
  }

  private void requireShown(ReadPacket read) throws Refusal {
    boolean discarded = (read.packet().flags() & avcodec.AV_PKT_FLAG_DISCARD) != 0;
    if (discarded && read.packet().pts() >= startPts) {
      throw new Refusal("some of its frames aren't to be shown");
    }
  }

  private static boolean shows(ReadPacket read) {
    return new PacketAccount().count(read.packet(), read.picture()) == PacketAccount.Fate.SHOWN;
  }
}
