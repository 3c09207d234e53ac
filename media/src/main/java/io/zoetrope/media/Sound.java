package io.zoetrope.media;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.LongPointer;

/**
 * The best sound of an original that MP4 can hold, as the packets that it consists of, unchanged,
 * timed as its pictures are; where it is uncompressed, with silence in its gaps. Can be read once:
 * by {@link SegmentJoin}, or by {@link #writeFragments}. Owns the native demuxer, not the channel.
 * For one thread at a time.
 */
public final class Sound implements AutoCloseable {
  /** As it is with pictures, so that both go on together where recordings were put together. */
  private static final int LONGEST_DISORDER_SECONDS = 1;

  private static final int FRAGMENT_SECONDS = 4;

  /**
   * Sound in fragments.
   *
   * @param headerBytes at the file's start; the fragments follow, one behind the other
   */
  public record Track(long headerBytes, List<Fragment> fragments) {
    public Track {
      fragments = List.copyOf(fragments);
    }
  }

  public record Fragment(long sizeBytes, long durationMicros) {}

  private final Demuxer demuxer;
  private final AVStream stream;
  private final SoundChoice choice;
  private final AVRational sourceBase;
  private final AVRational targetBase = new AVRational();
  private final SoundTimes times;
  private final Optional<AdtsFilter> filter;
  private final Optional<PcmGaps> gaps;
  private final LongPointer rescaleState = new LongPointer(1).put(VideoPacket.NO_TIMESTAMP);
  private boolean started;
  private long firstWanted = Long.MIN_VALUE;
  private long endWanted = Long.MAX_VALUE;

  private Sound(Demuxer demuxer, SoundChoice choice, VideoStream video, long startPts) {
    this.demuxer = demuxer;
    this.choice = choice;
    stream = choice.stream();
    sourceBase = stream.time_base();
    filter = AdtsFilter.isNeeded(stream) ? Optional.of(new AdtsFilter(stream)) : Optional.empty();
    gaps = PcmGaps.isNeeded(stream) ? Optional.of(new PcmGaps(stream)) : Optional.empty();
    targetBase.num(1).den(Math.max(1, stream.codecpar().sample_rate()));
    Rational unit = new Rational(sourceBase.num(), sourceBase.den());
    times =
        new SoundTimes(
            Rational.rescale(startPts, video.timeBase(), unit),
            Rational.rescale(LONGEST_DISORDER_SECONDS, new Rational(1, 1), unit));
    for (AVStream other : demuxer.streams()) {
      other.discard(
          other.index() == stream.index() ? avcodec.AVDISCARD_DEFAULT : avcodec.AVDISCARD_ALL);
    }
  }

  /**
   * Opens an original that was accepted before.
   *
   * @param name of the medium, for messages
   * @param video the stream whose pictures the sound goes with
   * @param startPts what counts as time 0, in the time base of {@code video}; see {@link
   *     VideoCutter#startPts()}
   * @return empty where there is no sound
   * @throws MediaException if the medium can't be read
   */
  public static Optional<Sound> open(
      SeekableByteChannel source, String name, VideoStream video, long startPts) {
    Demuxer demuxer =
        Demuxer.open(source, name, MediaLimits.UNLIMITED, AcceptedCodecs.decoderNamesWithSound());
    try {
      Optional<SoundChoice> choice = SoundChoice.of(demuxer, video);
      if (choice.isEmpty()) {
        demuxer.close();
      }
      return choice.map(chosen -> new Sound(demuxer, chosen, video, startPts));
    } catch (RuntimeException e) {
      demuxer.close();
      throw e;
    }
  }

  /** Why the sound can't go along, in a sentence; empty where it can. */
  public Optional<String> refusal() {
    return choice.refusal();
  }

  /** What isn't as in the original, in a sentence: the refusal, or that there are other sounds. */
  public Optional<String> note() {
    return choice.note();
  }

  /**
   * Leaves out what is heard before time 0 or from a time on, once, before anything is read. The
   * first packet may begin before and the last end after, as packets can't be cut.
   *
   * @param endMicros from time 0
   */
  public Sound cut(long endMicros) {
    if (started) {
      throw new IllegalStateException("some of the sound was read");
    }
    long start = times.start();
    // Where the container can't go there, reading passes over what comes before.
    avformat.av_seek_frame(demuxer.context(), stream.index(), start, avformat.AVSEEK_FLAG_BACKWARD);
    firstWanted = 0;
    endWanted = Rational.rescale(endMicros, Rational.MICROSECOND, timeBase());
    return this;
  }

  /**
   * Writes the sound as an MP4 file of fragments of some {@value #FRAGMENT_SECONDS} seconds each.
   *
   * @throws IOException where the file can't be written; then there is none
   */
  public Track writeFragments(Path file) throws IOException {
    AVPacket packet = avcodec.av_packet_alloc();
    List<Long> durations = new ArrayList<>();
    try (Mp4Output output = Mp4Output.create(file)) {
      AVStream target = output.addStream(timeBase());
      describe(target);
      boolean more = read(packet);
      output.begin(fragmented(more && packet.dts() >= 0));
      long start = more ? packet.dts() : 0;
      long end = start;
      while (more) {
        if (packet.dts() - start >= (long) FRAGMENT_SECONDS * targetBase.den()) {
          if (durations.isEmpty()) {
            // The header, which had to wait for what the first packets tell.
            output.cut();
          }
          output.cut();
          durations.add(micros(packet.dts()) - micros(start));
          start = packet.dts();
        }
        end = packet.dts() + packet.duration();
        output.write(packet, target, targetBase);
        more = read(packet);
      }
      if (end > start) {
        durations.add(micros(end) - micros(start));
      }
      output.finish();
    } finally {
      avcodec.av_packet_free(packet);
    }
    return track(file, durations);
  }

  /**
   * Sound that begins before time 0 has to say so in its header, by an edit list; any other begins
   * when its first fragment says.
   */
  private static Map<String, String> fragmented(boolean late) {
    String flags = "+delay_moov+default_base_moof+frag_custom+skip_trailer";
    return Map.of("movflags", late ? flags + "+frag_discont" : flags);
  }

  private static Track track(Path file, List<Long> durations) throws IOException {
    try (SeekableByteChannel written = Files.newByteChannel(file)) {
      List<Long> starts = Fragments.starts(written, file.toString());
      if (starts.size() != durations.size() + 1) {
        throw new IllegalStateException(
            file + " has fragments at " + starts + " instead of " + durations.size());
      }
      List<Fragment> fragments = new ArrayList<>();
      for (int i = 0; i < durations.size(); i++) {
        fragments.add(new Fragment(starts.get(i + 1) - starts.get(i), durations.get(i)));
      }
      return new Track(starts.get(0), fragments);
    }
  }

  /** The unit of the packets' times: a sample. */
  Rational timeBase() {
    return new Rational(1, targetBase.den());
  }

  /** Tells a muxer's stream what its packets will be. */
  void describe(AVStream target) {
    Ffmpeg.requireSuccess(
        avcodec.avcodec_parameters_copy(target.codecpar(), stream.codecpar()),
        "avcodec_parameters_copy");
    target.codecpar().codec_tag(0).bits_per_raw_sample(SampleDepth.of(stream.codecpar()));
  }

  /** Reads the next packet, timed from time 0; false at the end. */
  boolean read(AVPacket packet) {
    if (!started && refusal().isPresent()) {
      throw new IllegalStateException(refusal().get());
    }
    started = true;
    return gaps.isPresent() ? gaps.get().read(packet, this::readHeard) : readHeard(packet);
  }

  private boolean readHeard(AVPacket packet) {
    while (demuxer.read(packet)) {
      if (packet.stream_index() == stream.index() && packet.size() > 0) {
        demuxer.progress();
        if (filter.isEmpty() || filter.get().apply(packet)) {
          time(packet);
          if (packet.dts() >= endWanted) {
            avcodec.av_packet_unref(packet);
            return false;
          }
          if (packet.dts() + packet.duration() > firstWanted) {
            return true;
          }
        }
      }
      avcodec.av_packet_unref(packet);
    }
    return false;
  }

  /** As FFmpeg does it: containers whose unit is coarser than a sample don't make it uneven. */
  private void time(AVPacket packet) {
    AVCodecParameters parameters = stream.codecpar();
    int samples = samples(parameters, packet.size());
    long dts = packet.dts() == VideoPacket.NO_TIMESTAMP ? packet.pts() : packet.dts();
    long duration =
        packet.duration() > 0
            ? packet.duration()
            : avutil.av_rescale_q(samples, targetBase, sourceBase);
    long placed = times.place(dts, duration);
    long time =
        avutil.av_rescale_delta(sourceBase, placed, targetBase, samples, rescaleState, targetBase);
    packet
        .dts(time)
        .pts(time)
        .duration(samples > 0 ? samples : avutil.av_rescale_q(duration, sourceBase, targetBase));
  }

  private static int samples(AVCodecParameters parameters, int bytes) {
    int samples = avcodec.av_get_audio_frame_duration2(parameters, bytes);
    return samples > 0 ? samples : parameters.frame_size();
  }

  private long micros(long time) {
    return Rational.rescale(time, timeBase(), Rational.MICROSECOND);
  }

  @Override
  public void close() {
    filter.ifPresent(AdtsFilter::close);
    gaps.ifPresent(PcmGaps::close);
    demuxer.close();
    targetBase.close();
    rescaleState.close();
  }
}
