package io.zoetrope.assembler;

import io.zoetrope.assembler.annotation.Annotations;
import io.zoetrope.assembler.annotation.Script;
import io.zoetrope.batches.FrameBatchEvents;
import io.zoetrope.batches.PacketReferences;
import io.zoetrope.events.FrameBatch;
import io.zoetrope.events.RenderRequested;
import io.zoetrope.events.SegmentRequested;
import io.zoetrope.events.SplitOptions;
import io.zoetrope.media.PacketBatch;
import io.zoetrope.media.VideoCutter;
import io.zoetrope.media.VideoPacket;
import io.zoetrope.schemas.Identities;
import io.zoetrope.schemas.serdes.SerializedSize;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

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
  private final DetectedFrames frames;
  private final PacketReferences references;
  private final FrameBatchEvents.Cut cut;
  private final Annotations annotations;
  private final Deque<PacketBatch> ahead = new ArrayDeque<>();

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
    return !ahead.isEmpty() || cutter.hasNext();
  }

  @Override
  public SegmentRequested next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no segment after the last one");
    }
    PacketBatch batch = ahead.isEmpty() ? cutter.next() : ahead.remove();
    Script script = annotations.next(frames.take(batch.firstFrame(), batch.expectedFrames()));
    FrameBatch event = FrameBatchEvents.of(batch, cutter.stream(), cut, List.of());
    SegmentRequested segment =
        new SegmentRequested(
            render.getVideoId(),
            render.getRenderId(),
            revision,
            render.getStyle(),
            render.getEncoding(),
            event,
            cutter.startPts(),
            nextPts().orElse(null),
            script.labels(),
            script.frames());
    references.fit(event, SerializedSize.of(segment) - SerializedSize.of(event));
    return segment;
  }

  /** When the first frame is shown of what is still to come; empty where there is none. */
  private Optional<Long> nextPts() {
    Optional<PacketBatch> next = ahead.stream().filter(SegmentRequests::shows).findFirst();
    while (next.isEmpty() && cutter.hasNext()) {
      PacketBatch batch = cutter.next();
      ahead.add(batch);
      next = Optional.of(batch).filter(SegmentRequests::shows);
    }
    return next.map(SegmentRequests::firstPts);
  }

  private static boolean shows(PacketBatch batch) {
    return batch.expectedFrames() > 0;
  }

  private static long firstPts(PacketBatch batch) {
    return batch
        .allPackets()
        .filter(packet -> packet.frame() == 0)
        .mapToLong(VideoPacket::pts)
        .findFirst()
        .orElseThrow();
  }
}
