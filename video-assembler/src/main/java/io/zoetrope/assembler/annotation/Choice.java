package io.zoetrope.assembler.annotation;

import io.zoetrope.events.Concealment;
import io.zoetrope.events.RenderStyle;
import java.util.Set;

/**
 * Which objects a style shows, and which it makes unrecognisable. The one has nothing to do with
 * the other: who isn't to be recognised isn't, boxed or not.
 */
public final class Choice {
  private final Set<String> labels;
  private final float minConfidence;
  private final boolean conceals;
  private final Set<String> concealed;

  public Choice(RenderStyle style) {
    labels = Set.copyOf(style.getLabels());
    minConfidence = style.getMinConfidence();
    conceals = style.getConceal() != Concealment.NOTHING;
    concealed = Set.copyOf(style.getConcealed());
  }

  /** Whether objects of this label are shown, if they are certain enough. */
  public boolean outlines(String label) {
    return labels.isEmpty() || labels.contains(label);
  }

  /** Whether an object is shown, with box and caption. */
  public boolean outlines(String label, float confidence) {
    return confidence > Annotations.PRESUMED && confidence >= minConfidence && outlines(label);
  }

  /** Whether an object is made unrecognisable. */
  public boolean conceals(String label) {
    return conceals && (concealed.isEmpty() || concealed.contains(label));
  }
}
