package io.zoetrope.assembler.stills;

import io.zoetrope.assembler.segments.Easel;
import io.zoetrope.media.DecodedFrame;
import io.zoetrope.media.PictureArea;
import io.zoetrope.media.Placement;
import io.zoetrope.media.RgbPicture;
import io.zoetrope.media.StillEncoder;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes a picture file of the first frame that it sees, without what only pads it. */
final class StillShot implements Footage.Viewer {
  private final StillForm form;
  private Optional<Still> still = Optional.empty();

  StillShot(StillForm form) {
    this.form = form;
  }

  @Override
  public void see(Easel easel, Placement placement, DecodedFrame frame) {
    if (still.isPresent()) {
      return;
    }
    try (RgbPicture rgb = new RgbPicture(placement.width(), placement.height())) {
      rgb.draw(
          easel.picture(),
          Stills.area(placement),
          new PictureArea(0, 0, placement.width(), placement.height()));
      still =
          Optional.of(
              new Still(
                  form.format().mediaType(),
                  StillEncoder.encode(rgb, form.format()),
                  OptionalLong.of(frame.ptsMicros())));
    }
  }

  /** The file, once a frame was seen. */
  Still still() {
    return still.orElseThrow(Footage::nothingDecodable);
  }
}
