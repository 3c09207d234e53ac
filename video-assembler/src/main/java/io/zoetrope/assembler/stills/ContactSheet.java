package io.zoetrope.assembler.stills;

import io.zoetrope.assembler.segments.Easel;
import io.zoetrope.media.PictureArea;
import io.zoetrope.media.PictureFormat;
import io.zoetrope.media.RgbPicture;
import io.zoetrope.media.StillEncoder;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Frames side by side on black, each drawn on at the size at which it is seen, with its time. */
final class ContactSheet {
  private static final int GAP = 8;
  private static final int LEAST_CELL = 32;

  private final int columns;
  private final int rows;
  private final StillForm form;

  /** {@code form} has a width, that of the sheet. */
  ContactSheet(int columns, int rows, StillForm form) {
    this.columns = columns;
    this.rows = rows;
    this.form = form;
  }

  Still of(Footage footage, List<Long> moments, Overlay overlay) {
    int cell = Math.max(LEAST_CELL, (form.width().getAsInt() - GAP * (columns + 1)) / columns);
    try (Easel easel = footage.easel(overlay.style(), OptionalInt.of(cell));
        RgbPicture sheet = sheet(easel.format(), moments.size())) {
      PictureFormat format = easel.format();
      for (int i = 0; i < moments.size(); i++) {
        PictureArea place =
            new PictureArea(
                GAP + i % columns * (format.width() + GAP),
                GAP + i / columns * (format.height() + GAP),
                format.width(),
                format.height());
        footage.show(
            moments.get(i),
            moments.get(i),
            easel,
            overlay,
            (shown, placement, frame) -> {
              shown.writeTime(frame.ptsMicros());
              sheet.draw(shown.picture(), PictureArea.all(format), place);
            });
      }
      return new Still(
          form.format().mediaType(),
          StillEncoder.encode(sheet, form.format()),
          OptionalLong.empty());
    }
  }

  /** No larger than the frames that there are need. */
  private RgbPicture sheet(PictureFormat cell, int frames) {
    int across = Math.max(1, Math.min(columns, frames));
    int down = Math.max(1, Math.min(rows, (frames + columns - 1) / columns));
    return new RgbPicture(GAP + across * (cell.width() + GAP), GAP + down * (cell.height() + GAP));
  }
}
