package io.zoetrope.assembler.annotation;

import io.zoetrope.events.AnnotatedFrame;
import java.util.List;

/**
 * All that is drawn on consecutive frames.
 *
 * @param labels by class id; empty where a class hasn't been seen
 * @param frames those asked for, after those before them that trails come from
 */
public record Script(List<String> labels, List<AnnotatedFrame> frames) {
  public Script {
    labels = List.copyOf(labels);
    frames = List.copyOf(frames);
  }
}
