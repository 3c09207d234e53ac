package io.zoetrope.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Joins the segments of a video, and its sound, into one MP4 file whose index stands before the
 * data. Nothing is decoded; the same segments and sound give the same bytes. Streams: holds an
 * index of the packets, never their data.
 */
public final class SegmentJoin implements AutoCloseable {
  /** Where a segment's bytes are. */
  public interface Source {
    /** Opens them; whoever calls closes them. */
    SeekableByteChannel open() throws IOException;
  }

  /**
   * What was written.
   *
   * @param pictures of all segments
   * @param durationMicros from time 0 to when the last picture is no longer shown
   */
  public record Joined(long pictures, long durationMicros, long sizeBytes) {}

  private final List<Source> segments;
  private final Optional<Sound> sound;
  private final Mp4Output output;
  private final AVPacket picture = avcodec.av_packet_alloc();
  private AVStream pictureStream;
  private SoundLane soundLane;
  private long pictures;
  private long lastPts = Long.MIN_VALUE;
  private long durationMicros;

  private SegmentJoin(List<Source> segments, Optional<Sound> sound, Mp4Output output) {
    this.segments = segments;
    this.sound = sound;
    this.output = output;
  }

  /**
   * Writes the file and has it on the disk when it returns; where that fails, there is no file.
   *
   * @param target created, or emptied
   * @param segments in their order; those without a picture add nothing
   * @param sound of which nothing was read yet, and which MP4 can hold; stays the caller's to close
   * @throws IllegalArgumentException where segments don't belong together: their headers differ, or
   *     one starts before the end of another
   * @throws IOException where a segment can't be read or the file can't be written
   */
  public static Joined join(Path target, List<Source> segments, Optional<Sound> sound)
      throws IOException {
    if (segments.isEmpty()) {
      throw new IllegalArgumentException("no segments to join");
    }
    try (Mp4Output output = Mp4Output.create(target);
        SegmentJoin join = new SegmentJoin(segments, sound, output)) {
      join.run();
      output.finish();
      try (FileChannel written = FileChannel.open(target, StandardOpenOption.WRITE)) {
        written.force(true);
      }
      return new Joined(join.pictures, join.durationMicros, Files.size(target));
    }
  }

  private void run() throws IOException {
    ByteBuffer header = null;
    for (int i = 0; i < segments.size(); i++) {
      String name = "segment " + i;
      try (SeekableByteChannel channel = segments.get(i).open()) {
        ByteBuffer own = SegmentInput.header(channel, name);
        try (SegmentInput input = new SegmentInput(channel, name)) {
          if (header == null) {
            header = own;
            begin(input);
          } else if (!own.equals(header)) {
            throw new IllegalArgumentException(name + " has another header than the first");
          }
          copy(input, name);
        }
      }
    }
    soundLane.writeRest();
  }

  private void begin(SegmentInput first) throws IOException {
    AVStream source = first.stream();
    pictureStream = output.addStream(rational(source.time_base()));
    copyParameters(source, pictureStream);
    soundLane = new SoundLane(sound, output);
    output.begin(
        Map.of(
            "movflags",
            "+faststart",
            // So that a first picture later than time 0 is shown when it should be.
            "movie_timescale",
            String.valueOf(source.time_base().den())));
    soundLane.begin();
  }

  private static void copyParameters(AVStream source, AVStream target) {
    Ffmpeg.requireSuccess(
        avcodec.avcodec_parameters_copy(target.codecpar(), source.codecpar()),
        "avcodec_parameters_copy");
    // Without a look into pictures their format isn't known, but VP9's header needs it.
    target.codecpar().codec_tag(0).format(avutil.AV_PIX_FMT_YUV420P);
    target.sample_aspect_ratio(source.codecpar().sample_aspect_ratio());
  }

  private void copy(SegmentInput segment, String name) throws IOException {
    AVRational timeBase = segment.stream().time_base();
    while (segment.read(picture)) {
      long pts = picture.pts();
      if (pts <= lastPts) {
        throw new IllegalArgumentException(
            "%s has a picture at %d, which is not after %d".formatted(name, pts, lastPts));
      }
      lastPts = pts;
      pictures++;
      durationMicros =
          Rational.rescale(pts + picture.duration(), rational(timeBase), Rational.MICROSECOND);
      soundLane.writeUntil(picture.dts(), timeBase);
      output.write(picture, pictureStream, timeBase);
    }
  }

  private static Rational rational(AVRational value) {
    return new Rational(value.num(), value.den());
  }

  @Override
  public void close() {
    avcodec.av_packet_free(picture);
    if (soundLane != null) {
      soundLane.close();
    }
  }
}
