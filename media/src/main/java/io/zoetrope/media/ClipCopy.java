package io.zoetrope.media;

import static io.zoetrope.media.VideoPacket.NO_TIMESTAMP;

import io.zoetrope.media.PacketReader.ReadPacket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;

/**
 * Cuts a stretch out of a video without encoding anything again: an MP4 file with the packets from
 * the keyframe before it on, of which players show the frames of the stretch and nothing else. Not
 * every video can be cut so; then it is said why, and nothing is written.
 */
public final class ClipCopy implements AutoCloseable {
  private static final int FINEST_TIMESCALE = 1_000_000;

  /**
   * What came of it.
   *
   * @param refusal why it can't be done without encoding again, and nothing was written; empty
   *     where the clip is there
   * @param soundNote what of the sound isn't in the clip, though it was wanted
   */
  public record Outcome(Optional<String> refusal, Optional<String> soundNote) {}

  /** That a video can't be cut without encoding it again. */
  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    Refusal(String sentence) {
      super(sentence);
    }
  }

  private final KeyframeSearch video;
  private final Rational timeBase;
  private final AVRational sourceBase = new AVRational();
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final long from;
  private final long to;
  private long startPts = NO_TIMESTAMP;
  private long endPts = Long.MAX_VALUE;

  private ClipCopy(KeyframeSearch video, long origin, long fromMicros, long toMicros) {
    this.video = video;
    timeBase = video.stream().timeBase();
    sourceBase.num(timeBase.numerator()).den(timeBase.denominator());
    from = origin + video.stream().lastUntil(fromMicros);
    to = origin + video.stream().lastUntil(toMicros - 1) + 1;
  }

  /**
   * Writes the frame on show at {@code fromMicros} and those that follow until {@code toMicros},
   * exclusive; times are microseconds since the first displayed frame. They keep their distances,
   * the first is shown at 0.
   *
   * @param streamIndex {@link CutOptions#BEST_STREAM} or the stream to take
   * @param sound whether the sound goes along where the file can hold it
   * @throws IOException where the file can't be written; then there is none
   * @throws MediaException if the medium can't be read any more
   */
  public static Outcome write(
      ChainSource.Channel original,
      String name,
      int streamIndex,
      long fromMicros,
      long toMicros,
      boolean sound,
      Path file)
      throws IOException {
    long origin = FrameSeeker.origin(original, name, streamIndex);
    try (SeekableByteChannel pictures = original.open();
        SeekableByteChannel soundChannel = original.open();
        KeyframeSearch video = KeyframeSearch.open(pictures, name, streamIndex);
        ClipCopy copy = new ClipCopy(video, origin, fromMicros, toMicros)) {
      copy.findStart();
      if (!sound) {
        copy.write(file, Optional.empty());
        return new Outcome(Optional.empty(), Optional.empty());
      }
      return new Outcome(Optional.empty(), copy.writeWithSound(file, soundChannel, name));
    } catch (Refusal refusal) {
      return new Outcome(Optional.of(refusal.getMessage()), Optional.empty());
    }
  }

  @Override
  public void close() {
    avcodec.av_packet_free(packet);
    sourceBase.close();
  }

  /** Returns what of the sound isn't there. */
  private Optional<String> writeWithSound(Path file, SeekableByteChannel channel, String name)
      throws IOException, Refusal {
    Optional<Sound> found = Sound.open(channel, name, video.stream(), startPts);
    try {
      write(file, found.filter(heard -> heard.refusal().isEmpty()));
      return found.flatMap(Sound::note);
    } finally {
      found.ifPresent(Sound::close);
    }
  }

  /** The frame on show at the beginning is known once no earlier one can follow. */
  private void findStart() throws Refusal {
    AVOutputFormat mp4 = avformat.av_guess_format("mp4", null, null);
    int codec = video.parameters().codec_id();
    if (avformat.avformat_query_codec(mp4, codec, avcodec.FF_COMPLIANCE_NORMAL) != 1) {
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

  private void write(Path file, Optional<Sound> sound) throws IOException, Refusal {
    sound.ifPresent(heard -> heard.cut(video.stream().micros(to - startPts)));
    try (Mp4Output output = Mp4Output.create(file)) {
      AVStream stream = output.addStream(timeBase);
      Ffmpeg.requireSuccess(
          avcodec.avcodec_parameters_copy(stream.codecpar(), video.parameters()),
          "avcodec_parameters_copy");
      stream.codecpar().codec_tag(0);
      try (SoundLane lane = new SoundLane(sound, output)) {
        int scale = timeBase.numerator() == 1 ? timeBase.denominator() : FINEST_TIMESCALE;
        output.begin(
            Map.of(
                "movflags",
                "+faststart",
                "use_editlist",
                "1",
                // In which edit lists end.
                "movie_timescale",
                Integer.toString(scale)));
        lane.begin();
        copyPictures(output, stream, lane);
        lane.writeRest();
      }
      output.finish();
    }
    EditListTrim.trim(file, endPts - startPts, timeBase);
  }

  /** Packets behind the end are there only if one before it comes after them. */
  private void copyPictures(Mp4Output output, AVStream stream, SoundLane lane)
      throws IOException, Refusal {
    List<VideoPacket> waiting = new ArrayList<>();
    long lastEnd = startPts;
    for (Optional<ReadPacket> next = seek(); next.isPresent(); next = video.read()) {
      VideoPacket packet = requireOrdinary(next.get());
      if (packet.dts() >= endPts) {
        return;
      }
      waiting.add(packet);
      if (packet.pts() < to) {
        requireShown(next.get());
        for (VideoPacket due : waiting) {
          write(due, output, stream, lane);
        }
        waiting.clear();
        lastEnd = Math.max(lastEnd, packet.pts() + packet.duration());
      } else if (shows(next.get())) {
        endPts = Math.min(endPts, packet.pts());
      }
    }
    endPts = Math.min(endPts, lastEnd);
  }

  private void write(VideoPacket source, Mp4Output output, AVStream stream, SoundLane lane)
      throws IOException {
    lane.writeUntil(source.dts() - startPts, sourceBase);
    ByteBuffer data = source.data().duplicate();
    Ffmpeg.requireSuccess(avcodec.av_new_packet(packet, data.remaining()), "av_new_packet");
    packet.data().capacity(data.remaining()).asByteBuffer().put(data);
    packet
        .pts(source.pts() - startPts)
        .dts(source.dts() - startPts)
        .duration(source.duration())
        .flags(source.flags() & avcodec.AV_PKT_FLAG_KEY);
    output.write(packet, stream, sourceBase);
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
