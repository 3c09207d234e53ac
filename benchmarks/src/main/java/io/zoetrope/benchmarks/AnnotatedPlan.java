package io.zoetrope.benchmarks;

import io.zoetrope.assembler.annotation.Annotations;
import io.zoetrope.assembler.annotation.RunFrame;
import io.zoetrope.assembler.annotation.RunObject;
import io.zoetrope.assembler.annotation.Script;
import io.zoetrope.assembler.segments.TimedBatches;
import io.zoetrope.assembler.segments.TimedBatches.TimedBatch;
import io.zoetrope.batches.FrameBatchEvents;
import io.zoetrope.batches.FrameBatchEvents.Cut;
import io.zoetrope.events.ColourBy;
import io.zoetrope.events.Concealment;
import io.zoetrope.events.FrameStatus;
import io.zoetrope.events.RenderCodec;
import io.zoetrope.events.RenderEncoding;
import io.zoetrope.events.RenderPreset;
import io.zoetrope.events.RenderStyle;
import io.zoetrope.events.SegmentRequested;
import io.zoetrope.events.SplitOptions;
import io.zoetrope.media.CutOptions;
import io.zoetrope.media.PacketBatch;
import io.zoetrope.media.VideoCutter;
import io.zoetrope.media.VideoPacket;
import io.zoetrope.media.VideoStream;
import io.zoetrope.schemas.Identities;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The segments of an annotated video, with objects of a known number that move all the time. */
final class AnnotatedPlan {
  private static final int TARGET_FRAMES = 120;
  private static final List<String> LABELS = List.of("person", "bicycle", "car", "truck");

  private final Path video;
  private final RenderStyle style;
  private final RenderEncoding encoding;
  private final int objects;

  /**
   * Cuts nothing yet.
   *
   * @param objects in each frame
   */
  AnnotatedPlan(Path video, RenderPreset preset, Concealment concealment, int objects) {
    this.video = video;
    this.objects = objects;
    style =
        new RenderStyle(
            List.of(),
            0f,
            ColourBy.LABEL,
            true,
            true,
            1_000_000L,
            concealment,
            List.of(),
            List.of());
    encoding = new RenderEncoding(RenderCodec.H264, preset, false, null);
  }

  List<SegmentRequested> segments() throws IOException {
    SplitOptions split =
        new SplitOptions(CutOptions.BEST_STREAM, TARGET_FRAMES, Identities.CUTTER, null, false);
    Cut cut = new Cut("video", "split", video.toString(), split);
    List<SegmentRequested> segments = new ArrayList<>();
    try (SeekableByteChannel channel = Files.newByteChannel(video);
        VideoCutter cutter =
            VideoCutter.open(channel, video.toString(), FrameBatchEvents.of(split))) {
      TimedBatches batches = new TimedBatches(cutter);
      Annotations annotations = new Annotations(style);
      while (batches.hasNext()) {
        TimedBatch next = batches.next();
        PacketBatch batch = next.batch();
        Script script = annotations.next(frames(batch, cutter.stream()));
        segments.add(
            new SegmentRequested(
                "video",
                "render",
                1,
                style,
                encoding,
                FrameBatchEvents.of(batch, cutter.stream(), cut, List.of()),
                next.times().starts(),
                next.times().end(),
                script.labels(),
                script.frames()));
      }
    }
    return segments;
  }

  private List<RunFrame> frames(PacketBatch batch, VideoStream stream) {
    RunFrame[] frames = new RunFrame[batch.expectedFrames()];
    batch
        .allPackets()
        .filter(VideoPacket::emit)
        .forEach(
            packet ->
                frames[packet.frame()] =
                    new RunFrame(
                        batch.firstFrame() + packet.frame(),
                        OptionalLong.of(stream.micros(packet.pts() - batch.originPts())),
                        FrameStatus.PROCESSED,
                        Optional.empty(),
                        stream.uprightWidth(),
                        stream.uprightHeight(),
                        objects(batch.firstFrame() + packet.frame(), stream)));
    return List.of(frames);
  }

  /** Boxes of a tenth to a fifth of the picture's height that go to and fro, each its own way. */
  private List<RunObject> objects(long frame, VideoStream stream) {
    List<RunObject> found = new ArrayList<>();
    for (int i = 0; i < objects; i++) {
      int classId = i % LABELS.size();
      float height = stream.uprightHeight() * (0.1f + 0.1f * i / objects);
      float width = height * (0.5f + 0.2f * (i % 5));
      double phase = frame * (0.01 + 0.002 * (i % 7)) + i;
      float x = (float) ((stream.uprightWidth() - width) * (0.5 + 0.5 * Math.sin(phase)));
      float y = (float) ((stream.uprightHeight() - height) * (i + 0.5) / objects);
      found.add(new RunObject(LABELS.get(classId), classId, 0.9f, x, y, width, height));
    }
    return found;
  }
}
