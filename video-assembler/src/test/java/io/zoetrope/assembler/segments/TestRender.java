package io.zoetrope.assembler.segments;

import io.zoetrope.assembler.annotation.Annotations;
import io.zoetrope.assembler.annotation.RunFrame;
import io.zoetrope.assembler.annotation.Script;
import io.zoetrope.assembler.segments.TimedBatches.TimedBatch;
import io.zoetrope.batches.FrameBatchEvents;
import io.zoetrope.events.ColourBy;
import io.zoetrope.events.Concealment;
import io.zoetrope.events.RenderCodec;
import io.zoetrope.events.RenderEncoding;
import io.zoetrope.events.RenderPreset;
import io.zoetrope.events.RenderStyle;
import io.zoetrope.events.SegmentRequested;
import io.zoetrope.events.SplitOptions;
import io.zoetrope.media.BatchDecoder;
import io.zoetrope.media.ChainDecoder;
import io.zoetrope.media.ChainSource;
import io.zoetrope.media.CutOptions;
import io.zoetrope.media.DecodedFrame;
import io.zoetrope.media.FrameSink;
import io.zoetrope.media.PacketBatch;
import io.zoetrope.media.Picture;
import io.zoetrope.media.PictureConverter;
import io.zoetrope.media.PictureFormat;
import io.zoetrope.media.SegmentJoin;
import io.zoetrope.media.VideoCutter;
import io.zoetrope.media.VideoStream;
import io.zoetrope.schemas.Identities;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The whole way of an annotated video without Kafka: plan, segments, join; and back to pictures.
 */
final class TestRender {
  private TestRender() {}

  /**
   * A picture that a video shows.
   *
   * @param micros when it does, from time 0 of the file
   * @param luma {@code byte[height * width]}, from index 0
   */
  record Shown(long micros, ByteBuffer luma, int width) {
    int at(int x, int y) {
      return luma.get(y * width + x) & 0xff;
    }
  }

  /** Boxes and nothing else. */
  static RenderStyle style() {
    return new RenderStyle(
        List.of(), 0f, ColourBy.LABEL, false, true, 0L, Concealment.NOTHING, List.of(), List.of());
  }

  /** A frame's place and time in a video. */
  interface Detections {
    RunFrame of(long frame, long ptsMicros, VideoStream stream);
  }

  static List<SegmentRequested> plan(Path video, int targetFrames, RenderStyle style)
      throws IOException {
    return plan(video, targetFrames, style, (frame, micros, stream) -> MovingSquare.found(frame));
  }

  static List<SegmentRequested> plan(
      Path video, int targetFrames, RenderStyle style, Detections detections) throws IOException {
    SplitOptions split =
        new SplitOptions(CutOptions.BEST_STREAM, targetFrames, Identities.CUTTER, null, false);
    FrameBatchEvents.Cut cut = new FrameBatchEvents.Cut("v", "s", video.toString(), split);
    Annotations annotations = new Annotations(style);
    List<SegmentRequested> requests = new ArrayList<>();
    try (SeekableByteChannel channel = Files.newByteChannel(video);
        VideoCutter cutter =
            VideoCutter.open(channel, video.toString(), FrameBatchEvents.of(split))) {
      VideoStream stream = cutter.stream();
      TimedBatches batches = new TimedBatches(cutter);
      while (batches.hasNext()) {
        TimedBatch next = batches.next();
        PacketBatch batch = next.batch();
        List<Long> starts = next.times().starts();
        Script script =
            annotations.next(
                IntStream.range(0, starts.size())
                    .mapToObj(
                        i ->
                            detections.of(
                                batch.firstFrame() + i, stream.micros(starts.get(i)), stream))
                    .toList());
        requests.add(
            new SegmentRequested(
                "v",
                "r",
                1,
                style,
                new RenderEncoding(RenderCodec.H264, RenderPreset.BALANCED, false, null),
                FrameBatchEvents.of(batch, stream, cut, List.of()),
                starts,
                next.times().end(),
                script.labels(),
                script.frames()));
      }
    }
    return requests;
  }

  static SegmentRenderer renderer() {
    return new SegmentRenderer(TestRender::open);
  }

  /** Renders segments with one renderer, in the order given, into files by their sequences. */
  static List<Rendered> render(List<SegmentRequested> requests, Path folder) throws IOException {
    Files.createDirectories(folder);
    List<Rendered> rendered = new ArrayList<>();
    try (SegmentRenderer renderer = renderer()) {
      for (SegmentRequested request : requests) {
        rendered.add(renderer.render(request, file(folder, request), () -> false));
      }
    }
    return rendered;
  }

  static Path file(Path folder, SegmentRequested request) {
    return folder.resolve(request.getBatch().getSequence() + ".mp4");
  }

  static SegmentJoin.Joined join(List<SegmentRequested> requests, Path folder, Path target)
      throws IOException {
    List<SegmentJoin.Source> segments =
        requests.stream()
            .map(request -> file(folder, request))
            .filter(Files::exists)
            .<SegmentJoin.Source>map(file -> () -> Files.newByteChannel(file))
            .toList();
    return SegmentJoin.join(target, segments, Optional.empty());
  }

  /** All pictures of a video, as they are shown; times as in the file. */
  static List<Shown> pictures(Path video) throws IOException {
    List<Shown> pictures = new ArrayList<>();
    try (SeekableByteChannel channel = Files.newByteChannel(video);
        VideoCutter cutter = VideoCutter.open(channel, video.toString(), CutOptions.DEFAULT)) {
      PictureFormat format = PictureFormat.of(cutter.stream());
      ChainSource source =
          ChainSource.over(() -> Files.newByteChannel(video), video.toString(), CutOptions.DEFAULT);
      try (PictureConverter converter = new PictureConverter(format);
          Picture picture = Picture.allocate(format);
          BatchDecoder alone = new BatchDecoder(cutter.stream(), 1);
          ChainDecoder chained = new ChainDecoder(cutter.stream(), source)) {
        FrameSink sink =
            frame -> {
              try (DecodedFrame shown = frame) {
                converter.convert(shown, picture);
                long micros = cutter.stream().micros(shown.pts());
                pictures.add(new Shown(micros, luma(picture), format.width()));
              }
            };
        while (cutter.hasNext()) {
          PacketBatch batch = cutter.next();
          if (batch.chain().isPresent()) {
            chained.decode(batch, sink, () -> false);
          } else {
            alone.decode(batch, sink);
          }
        }
      }
    }
    return pictures;
  }

  private static ByteBuffer luma(Picture picture) {
    int width = picture.format().width();
    int height = picture.format().height();
    byte[] luma = new byte[width * height];
    ByteBuffer plane = picture.plane(0);
    for (int y = 0; y < height; y++) {
      plane.get(y * picture.stride(0), luma, y * width, width);
    }
    return ByteBuffer.wrap(luma);
  }

  private static SeekableByteChannel open(String location) {
    try {
      return Files.newByteChannel(Path.of(location));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
