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

  /** Takes the frames of one moment after the other, and shows each at its time. */
  private static final class Reel implements AutoCloseable {
    private final RgbPicture rgb;
    private final PictureArea all;
    private final AnimationEncoder animation;
    private long startMicros;
    private int due;
    private int pictures;

    Reel(PictureFormat format) {
      rgb = new RgbPicture(format.width(), format.height());
      all = PictureArea.all(format);
      animation = new AnimationEncoder(format.width(), format.height(), MILLIS);
    }

    void start() {
      due = 0;
    }

    /** Where frames come slowly, each is there several times. */
    void add(Easel easel, long micros) {
      startMicros = due == 0 ? micros : startMicros;
      for (; due < PICTURES && startMicros + 1000L * MILLIS * due <= micros; due++) {
        rgb.draw(easel.picture(), all, all);
        animation.add(rgb);
        pictures++;
      }
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
