package io.zoetrope.assembler.stills;

import io.zoetrope.assembler.segments.Easel;
import io.zoetrope.media.AnimationEncoder;
import io.zoetrope.media.PictureArea;
import io.zoetrope.media.PictureFormat;
import io.zoetrope.media.RgbPicture;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A few moments of a video, one after the other, each as long as it takes to see what moves. */
final class Preview {
  static final int MOMENTS = 6;

  private static final int WIDTH = 320;
  private static final int MILLIS = 125;
  private static final int PICTURES = 8;

  private final OptionalInt width;

  Preview(OptionalInt width) {
    this.width = width.isPresent() ? width : OptionalInt.of(WIDTH);
  }

  Still of(Footage footage, List<Long> moments, Overlay overlay) {
    try (Easel easel = footage.easel(overlay.style(), width);
        Reel reel = new Reel(easel.format())) {
      for (long moment : moments) {
        reel.start();
        footage.show(
            moment,
            moment + 1000L * MILLIS * PICTURES,
            easel,
            overlay,
            (shown, placement, frame) -> reel.add(shown, frame.ptsMicros()));
      }
      return reel.finish();
    }
  }

  /** Takes frames as they come, and of those so many a second. */
  private static final class Reel implements AutoCloseable {
    private final RgbPicture rgb;
    private final PictureArea all;
    private final AnimationEncoder animation;
    private long dueMicros;
    private int pictures;

    Reel(PictureFormat format) {
      rgb = new RgbPicture(format.width(), format.height());
      all = PictureArea.all(format);
      animation = new AnimationEncoder(format.width(), format.height(), MILLIS);
    }

    void start() {
      dueMicros = Long.MIN_VALUE;
    }

    void add(Easel easel, long micros) {
      if (micros < dueMicros) {
        return;
      }
      dueMicros = Math.max(dueMicros, micros) + 1000L * MILLIS;
      rgb.draw(easel.picture(), all, all);
      animation.add(rgb);
      pictures++;
    }

    Still finish() {
      if (pictures == 0) {
        throw Footage.nothingDecodable();
      }
      return new Still(AnimationEncoder.MEDIA_TYPE, animation.finish(), OptionalLong.empty());
    }

    @Override
    public void close() {
      animation.close();
      rgb.close();
    }
  }
}
