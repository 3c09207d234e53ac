package io.zoetrope.assembler;

import io.zoetrope.assembler.annotation.Annotations;
import io.zoetrope.assembler.annotation.RunFrame;
import io.zoetrope.assembler.annotation.Script;
import io.zoetrope.assembler.segments.FrameTimes;
import io.zoetrope.assembler.segments.TimedBatches;
import io.zoetrope.assembler.segments.TimedBatches.TimedBatch;
import io.zoetrope.batches.FrameBatchEvents;
import io.zoetrope.batches.PacketReferences;
import io.zoetrope.events.FrameBatch;
import io.zoetrope.events.RenderRequested;
import io.zoetrope.events.SegmentRequested;
import io.zoetrope.events.SplitOptions;
import io.zoetrope.media.PacketBatch;
import io.zoetrope.media.VideoCutter;
import io.zoetrope.media.VideoStream;
import io.zoetrope.schemas.Identities;
import io.zoetrope.schemas.serdes.SerializedSize;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The segments of a render, in their order: the original cut anew, with what is drawn on it. The
 * same render always has the same segments. Used by one thread; reads no more of the video than the
 * segment that follows needs.
 */
final class SegmentRequests implements Iterator<SegmentRequested> {
  private static final int TARGET_FRAMES = 120;

  private final RenderRequested render;
  private final int revision;
  private final VideoCutter cutter;
  private final TimedBatches batches;
  private final DetectedFrames frames;
  private final PacketReferences references;
  private final FrameBatchEvents.Cut cut;
  private final Annotations annotations;
  private Optional<RunFrame> scaled = Optional.empty();

  /**
   * Nothing is cut yet.
   *
   * @param revision of the run
   * @param cutter of the original, as {@link #split} has it; stays the caller's
   */
  SegmentRequests(
      RenderRequested render,
      int revision,
      VideoCutter cutter,
      DetectedFrames frames,
      PacketReferences references) {
    this.render = render;
    this.revision = revision;
    this.cutter = cutter;
    this.batches = new TimedBatches(cutter);
    this.frames = frames;
    this.references = references;
    SplitOptions split = split(render);
    this.cut =
        new FrameBatchEvents.Cut(
            render.getVideoId(),
            Identities.splitId(render.getVideoId(), split),
            render.getLocation(),
            split);
    this.annotations = new Annotations(render.getStyle());
  }

  /** The frames that the run has, in pieces of a segment's size. */
  static SplitOptions split(RenderRequested render) {
    SplitOptions run = render.getSplit();
    return new SplitOptions(
        run.getStream(), TARGET_FRAMES, Identities.CUTTER, run.getMaxFps(), run.getKeyframesOnly());
  }

  @Override
  public boolean hasNext() {
    return batches.hasNext();
  }

  @Override
  public SegmentRequested next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no segment after the last one");
    }
    TimedBatch next = batches.next();
    PacketBatch batch = next.batch();
    Script script = annotations.next(frames(batch, next.times()));
    FrameBatch event = FrameBatchEvents.of(batch, cutter.stream(), cut, List.of());
    SegmentRequested segment =
        new SegmentRequested(
            render.getVideoId(),
            render.getRenderId(),
            revision,
            render.getStyle(),
            render.getEncoding(),
            event,
            next.times().starts(),
            next.times().end(),
            script.labels(),
            script.frames());
    references.fit(event, SerializedSize.of(segment) - SerializedSize.of(event));
    return segment;
  }

  /** That the original changes its size, in a sentence; known once there are no more segments. */
  Optional<String> note() {
    VideoStream stream = cutter.stream();
    return scaled.map(
        frame ->
            "Not all of its pictures are %d × %d, as it says: others, of %d × %d from frame %d on, were scaled."
                .formatted(
                    stream.uprightWidth(),
                    stream.uprightHeight(),
                    frame.width(),
                    frame.height(),
                    frame.frame()));
  }

  /** What the run has of a batch's frames, which go on in time even where the run's jump back. */
  private List<RunFrame> frames(PacketBatch batch, FrameTimes times) {
    List<RunFrame> found = frames.take(batch.firstFrame(), batch.expectedFrames());
    scaled = scaled.or(() -> found.stream().filter(this::isOfAnotherSize).findFirst());
    return IntStream.range(0, found.size())
        .mapToObj(i -> found.get(i).at(cutter.stream().micros(times.starts().get(i))))
        .toList();
  }

  private boolean isOfAnotherSize(RunFrame frame) {
    return frame.width() > 0
        && (frame.width() != cutter.stream().uprightWidth()
            || frame.height() != cutter.stream().uprightHeight());
  }
}
