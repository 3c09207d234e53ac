package io.zoetrope.assembler.stills;

import io.zoetrope.assembler.segments.Easel;
import io.zoetrope.assembler.stills.TrackSearch.Sighting;
import io.zoetrope.events.AnnotatedObject;
import io.zoetrope.media.DecodedFrame;
import io.zoetrope.media.PictureArea;
import io.zoetrope.media.PictureFormat;
import io.zoetrope.media.Placement;
import io.zoetrope.media.RgbPicture;
import io.zoetrope.media.StillEncoder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Cuts an object out of the frame in which it is best to be seen, and sharpest. */
final class TrackCrop {
  private static final double MARGIN = 0.1;

  private final StillForm form;
  private Optional<Still> best = Optional.empty();
  private double bestQuality = -1;

  TrackCrop(StillForm form) {
    this.form = form;
  }

  Still of(Footage footage, List<Sighting> sightings, Overlay overlay) {
    // In square pixels, as large as it is.
    try (Easel easel = footage.easel(overlay.style(), OptionalInt.empty())) {
      for (Sighting sighting : sightings) {
        footage.show(
            sighting.micros(),
            sighting.micros(),
            easel,
            overlay,
            (shown, placement, frame) -> consider(sighting, shown, placement, frame));
      }
    }
    return best.orElseThrow(Footage::nothingDecodable);
  }

  private void consider(Sighting sighting, Easel easel, Placement placement, DecodedFrame frame) {
    PictureArea area = area(sighting, placement, easel.format());
    double quality = sighting.quality() * Math.sqrt(Sharpness.of(easel.picture(), area));
    if (quality > bestQuality) {
      bestQuality = quality;
      best = Optional.of(cut(easel, area, frame.ptsMicros()));
    }
  }

  private Still cut(Easel easel, PictureArea area, long micros) {
    double scale = Math.min(1, (double) form.width().orElse(area.width()) / area.width());
    int width = Math.max(1, (int) Math.round(area.width() * scale));
    int height = Math.max(1, (int) Math.round(area.height() * scale));
    try (RgbPicture rgb = new RgbPicture(width, height)) {
      rgb.draw(easel.picture(), area, new PictureArea(0, 0, width, height));
      return new Still(
          form.format().mediaType(),
          StillEncoder.encode(rgb, form.format()),
          OptionalLong.of(micros));
    }
  }

  /** The object's box and a little around it, in pixels of the picture. */
  private static PictureArea area(Sighting sighting, Placement placement, PictureFormat format) {
    AnnotatedObject object = sighting.object();
    double scaleX = (double) placement.width() / sighting.frame().getWidth();
    double scaleY = (double) placement.height() / sighting.frame().getHeight();
    double marginX = object.getWidth() * MARGIN;
    double marginY = object.getHeight() * MARGIN;
    int left = within(placement.x() + (object.getX() - marginX) * scaleX, format.width() - 2);
    int top = within(placement.y() + (object.getY() - marginY) * scaleY, format.height() - 2);
    int right =
        within(
            placement.x() + (object.getX() + object.getWidth() + marginX) * scaleX, format.width());
    int bottom =
        within(
            placement.y() + (object.getY() + object.getHeight() + marginY) * scaleY,
            format.height());
    return new PictureArea(left, top, Math.max(2, right - left), Math.max(2, bottom - top));
  }

  private static int within(double place, int most) {
    return (int) Math.max(0, Math.min(most, Math.round(place)));
  }
}
