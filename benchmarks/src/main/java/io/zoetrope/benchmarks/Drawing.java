package io.zoetrope.benchmarks;

import io.zoetrope.assembler.draw.Canvas;
import io.zoetrope.assembler.draw.Colours;
import io.zoetrope.assembler.draw.ScenePainter;
import io.zoetrope.assembler.segments.SceneComposer;
import io.zoetrope.events.AnnotatedFrame;
import io.zoetrope.events.SegmentRequested;
import io.zoetrope.media.Placement;
import java.nio.ByteBuffer;
import java.util.List;

/** Drawing what is on the frames of an annotated video, without decoding or encoding any. */
final class Drawing {
  private Drawing() {}

  /** Draws all frames, and gives their number. */
  static long run(List<SegmentRequested> plan) {
    AnnotatedFrame first = plan.get(0).getFrames().get(0);
    int width = first.getWidth() & ~1;
    int height = first.getHeight() & ~1;
    Placement placement = new Placement(0, 0, width, height);
    Canvas canvas =
        new Canvas(
            width,
            height,
            ByteBuffer.allocateDirect(width * height),
            width,
            ByteBuffer.allocateDirect(width * height / 4),
            ByteBuffer.allocateDirect(width * height / 4),
            width / 2,
            Colours.of("bt709", false));
    ScenePainter painter =
        new ScenePainter(width, height, SceneComposer.look(plan.get(0).getStyle()));
    long frames = 0;
    for (SegmentRequested segment : plan) {
      SceneComposer composer = new SceneComposer(segment.getStyle(), segment.getLabels());
      int before = segment.getFrames().size() - segment.getBatch().getExpectedFrames();
      segment.getFrames().subList(0, before).forEach(composer::pass);
      for (AnnotatedFrame frame : segment.getFrames().subList(before, segment.getFrames().size())) {
        painter.paint(canvas, composer.compose(frame, placement));
        frames++;
      }
    }
    return frames;
  }
}
