package io.zoetrope.assembler.draw;

import java.util.Locale;

/**
 * Says in a corner of pictures of one size when they are shown: small, white on a dark ground. The
 * same time over the same picture gives the same bytes. For one thread.
 */
public final class TimeMark {
  private static final int GROUND = 176;
  private static final long MICROS_A_TENTH = 100_000;

  private final int width;
  private final int height;
  private final Measures measures;
  private final Tags tags;

  /** For canvases of a size in pixels. */
  public TimeMark(int width, int height) {
    this.width = width;
    this.height = height;
    measures = Measures.of(width, height);
    Lettering letters = new Lettering(Typeface.roboto(), new PolygonFill(), measures.em());
    tags = new Tags(new Layer(width, height), letters, measures);
  }

  /** A time as it is written: {@code 1:02:03.4}, or {@code 2:03.4} within the first hour. */
  static String text(long micros) {
    long tenths = Math.floorDiv(Math.max(0, micros), MICROS_A_TENTH);
    long seconds = tenths / 10;
    String minutes =
        seconds < 3600
            ? Long.toString(seconds / 60)
            : String.format(Locale.ROOT, "%d:%02d", seconds / 3600, seconds / 60 % 60);
    return String.format(Locale.ROOT, "%s:%02d.%d", minutes, seconds % 60, tenths % 10);
  }

  /** Marks a picture, unless there is no room; {@code micros} since the first displayed frame. */
  public void draw(Canvas canvas, long micros) {
    Tag tag = tags.tag("", text(micros), width);
    float gap = measures.padding();
    float left = width - tag.width() - gap;
    float top = height - tag.height() - Math.round(gap);
    if (left >= gap && top >= gap) {
      RoundedBox ground =
          RoundedBox.of(
              new Box((float) Math.floor(left), top, tag.width(), tag.height()), measures.radius());
      tags.draw(canvas, tag, ground, Colour.BLACK, GROUND, Colour.WHITE);
    }
  }
}
