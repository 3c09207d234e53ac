package io.zoetrope.topology.query;

import java.util.List;

/**
 * The annotated videos of one video, in the order of their ids.
 *
 * @param renders their failed frames are counted, and not listed
 */
public record Renders(List<Render> renders) {
  public Renders {
    renders = List.copyOf(renders);
  }
}
