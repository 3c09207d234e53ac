package io.zoetrope.assembler.draw;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds places for the tags of one picture: inside of it, next to their boxes, never over each
 * other, and over other boxes only where nothing better is left. For one picture and thread.
 */
final class TagPlaces {
  private static final float OVER_OTHERS = 2.5f;
  private static final float OVER_OWN = 1.5f;

  /** The part of a box within another that is as good as all of it. */
  private static final float SURROUNDED = 0.8f;

  /** What a place is worse by than the one before it in the list. */
  private static final float LATER = 0.12f;

  private final int width;
  private final int height;
  private final float stroke;
  private final List<Box> outlines;
  private final List<Box> taken = new ArrayList<>();

  /**
   * @param outlines of all subjects
   */
  TagPlaces(int width, int height, float stroke, List<Box> outlines) {
    this.width = width;
    this.height = height;
    this.stroke = stroke;
    this.outlines = outlines;
  }

  /** Keeps other tags away from here. */
  void take(Box place) {
    taken.add(place);
  }

  /**
   * Where the tag of an outline goes, which is then taken; empty if there is no room anywhere.
   *
   * @param bearable how bad a place may be: one that hides nothing of others costs less than 2, one
   *     that only hides others costs 2.5 more
   */
  Optional<Box> place(Box outline, Tag tag, float bearable) {
    Box best = null;
    float least = bearable;
    float later = 0;
    for (Box place : candidates(outline, tag)) {
      if (later >= least) {
        break;
      }
      if (isFree(place)) {
        float cost = later + cost(place, outline);
        if (cost < least) {
          least = cost;
          best = place;
        }
      }
      later += LATER;
    }
    if (best != null) {
      take(best);
    }
    return Optional.ofNullable(best);
  }

  private List<Box> candidates(Box outline, Tag tag) {
    float left = outline.x();
    float right = outline.right() - tag.width();
    float middle = (left + right) / 2;
    float above = Math.round(outline.y() + stroke) - tag.height();
    float top = Math.round(outline.y());
    float bottom = Math.round(outline.bottom()) - tag.height();
    float below = Math.round(outline.bottom() - stroke);
    float before = outline.x() + stroke - tag.width();
    float after = outline.right() - stroke;
    return List.of(
        at(left, above, tag),
        at(left, top, tag),
        at(left, below, tag),
        at(right, above, tag),
        at(right, below, tag),
        at(after, top, tag),
        at(before, top, tag),
        at(right, top, tag),
        at(left, bottom, tag),
        at(right, bottom, tag),
        at(after, bottom, tag),
        at(before, bottom, tag),
        at(before, above, tag),
        at(after, above, tag),
        at(middle, above, tag),
        at(middle, below, tag));
  }

  /** A place there, moved sideways into the picture. */
  private Box at(float x, float y, Tag tag) {
    return new Box(Math.max(0, Math.min(width - tag.width(), x)), y, tag.width(), tag.height());
  }

  private boolean isFree(Box place) {
    if (place.y() < 0 || place.bottom() > height || place.width() > width) {
      return false;
    }
    for (Box other : taken) {
      if (place.overlap(other) > 0) {
        return false;
      }
    }
    return true;
  }

  private float cost(Box place, Box own) {
    float others = 0;
    for (Box outline : outlines) {
      // Neither this one nor a box around it is hidden by a tag that is small in it.
      if (outline.overlap(own) < SURROUNDED * own.area()) {
        others += place.overlap(outline);
      }
    }
    return OVER_OTHERS * Math.min(1, others / place.area())
        + OVER_OWN * Math.min(1, place.overlap(own) / own.area());
  }
}
