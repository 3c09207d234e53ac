package io.zoetrope.media;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file that went all the way of an annotated video, with nothing drawn on it: cut, decoded,
 * converted, encoded in segments, joined with its sound.
 *
 * @param times of the frames from time 0, in the stream's time base
 * @param thumbnails of what was encoded
 */
record Rendition(
    VideoStream stream,
    Path file,
    List<Path> segments,
    List<SegmentWriter.Segment> written,
    SegmentJoin.Joined joined,
    List<Long> times,
    List<Thumbnail> thumbnails,
    Optional<String> refusedSound,
    Optional<String> soundNote) {
  /** As small as is good for a test. */
  static Rendition of(Path original, Path folder) throws IOException {
    return of(original, folder, VideoCodec.H264);
  }

  static Rendition of(Path original, Path folder, VideoCodec codec) throws IOException {
    CutOptions options = CutOptions.DEFAULT.withTargetFrames(40);
    try (SeekableByteChannel channel = SharedMedia.open(original);
        VideoCutter cutter = VideoCutter.open(channel, original.toString(), options);
        BatchDecoder alone = new BatchDecoder(cutter.stream(), 1);
        ChainDecoder live =
            new ChainDecoder(cutter.stream(), BatchedDecode.original(original, options));
        Segments segments = new Segments(cutter, folder, codec)) {
      while (cutter.hasNext()) {
        PacketBatch batch = cutter.next();
        segments.begin(batch.sequence());
        if (batch.chain().isEmpty()) {
          alone.decode(batch, segments);
        } else {
          live.decode(batch, segments, () -> false);
        }
      }
      return segments.join(original);
    }
  }

  /** Encodes a picture when it is known how long it is shown. */
  private static final class Segments implements FrameSink, AutoCloseable {
    private final VideoCutter cutter;
    private final Path folder;
    private final EncoderSettings settings;
    private final PictureConverter converter;
    private final Picture pending;
    private final List<Path> files = new ArrayList<>();
    private final List<SegmentWriter.Segment> written = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();
    private final List<Thumbnail> thumbnails = new ArrayList<>();
    private SegmentWriter writer;
    private int next;
    private int current = -1;

    Segments(VideoCutter cutter, Path folder, VideoCodec codec) {
      this.cutter = cutter;
      this.folder = folder;
      VideoStream stream = cutter.stream();
      PictureFormat format = PictureFormat.of(stream);
      settings =
          new EncoderSettings(codec, Preset.FAST, format, stream.timeBase(), stream.frameRate());
      converter = new PictureConverter(format);
      pending = Picture.allocate(format);
    }

    void begin(int sequence) {
      next = sequence;
    }

    @Override
    public void accept(DecodedFrame frame) {
      try (frame) {
        long time = frame.pts() - cutter.startPts();
        if (!times.isEmpty()) {
          encode(time - times.get(times.size() - 1));
        }
        if (next != current) {
          startSegment();
        }
        converter.convert(frame, pending);
        times.add(time);
        thumbnails.add(Thumbnail.of(pending));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    private void encode(long duration) throws IOException {
      writer.encode(pending, times.get(times.size() - 1), duration);
    }

    private void startSegment() throws IOException {
      endSegment();
      current = next;
      Path file = folder.resolve("segment-%03d.mp4".formatted(files.size()));
      files.add(file);
      writer = SegmentWriter.create(file, settings);
    }

    private void endSegment() throws IOException {
      if (writer != null) {
        written.add(writer.finish());
        writer.close();
        writer = null;
      }
    }

    Rendition join(Path original) throws IOException {
      VideoStream stream = cutter.stream();
      Rational rate = stream.frameRate().isKnown() ? stream.frameRate() : new Rational(25, 1);
      encode(Math.max(1, Rational.rescale(1, rate.inverse(), stream.timeBase())));
      endSegment();
      Path file = folder.resolve("joined.mp4");
      List<SegmentJoin.Source> sources = new ArrayList<>();
      files.forEach(segment -> sources.add(() -> Files.newByteChannel(segment)));
      try (SeekableByteChannel channel = SharedMedia.open(original)) {
        Optional<Sound> sound = Sound.open(channel, original.toString(), stream, cutter.startPts());
        try {
          Optional<String> refused = sound.flatMap(Sound::refusal);
          SegmentJoin.Joined joined =
              SegmentJoin.join(file, sources, sound.filter(any -> refused.isEmpty()));
          return new Rendition(
              stream,
              file,
              files,
              written,
              joined,
              times,
              thumbnails,
              refused,
              sound.flatMap(Sound::note));
        } finally {
          sound.ifPresent(Sound::close);
        }
      }
    }

    @Override
    public void close() {
      if (writer != null) {
        writer.close();
      }
      converter.close();
      pending.close();
    }
  }
}
