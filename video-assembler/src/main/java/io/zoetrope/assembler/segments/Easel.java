package io.zoetrope.assembler.segments;

import io.zoetrope.assembler.draw.Canvas;
import io.zoetrope.assembler.draw.Colours;
import io.zoetrope.assembler.draw.Scene;
import io.zoetrope.assembler.draw.ScenePainter;
import io.zoetrope.assembler.draw.TimeMark;
import io.zoetrope.events.RenderStyle;
import io.zoetrope.media.DecodedFrame;
import io.zoetrope.media.Picture;
import io.zoetrope.media.PictureConverter;
import io.zoetrope.media.PictureFormat;
import io.zoetrope.media.Placement;

/** One picture on which one frame after the other is drawn. Holds native memory; one thread. */
public final class Easel implements AutoCloseable {
  private static final int GREY = 110;

  private final Key key;
  private final PictureConverter converter;
  private final Picture picture;
  private final Canvas canvas;
  private final ScenePainter painter;
  private final TimeMark times;

  /** What it is made for. */
  public record Key(PictureFormat format, RenderStyle style) {}

  public Easel(Key key) {
    this.key = key;
    PictureFormat format = key.format();
    converter = new PictureConverter(format);
    picture = Picture.allocate(format);
    canvas =
        new Canvas(
            format.width(),
            format.height(),
            picture.plane(0),
            picture.stride(0),
            picture.plane(1),
            picture.plane(2),
            picture.stride(1),
            Colours.of(format.colorSpace(), format.fullRange()));
    painter = new ScenePainter(format.width(), format.height(), SceneComposer.look(key.style()));
    times = new TimeMark(format.width(), format.height());
  }

  public Key key() {
    return key;
  }

  public PictureFormat format() {
    return key.format();
  }

  /** The picture as it stands, until the next frame. */
  public Picture picture() {
    return picture;
  }

  /** Puts a frame up, and says where its picture lies; the frame stays the caller's. */
  public Placement put(DecodedFrame frame) {
    converter.convert(frame, picture);
    return converter.placement(frame);
  }

  /** Puts up a grey picture. */
  public Placement putNothing() {
    picture.fill(GREY);
    return new Placement(0, 0, format().width(), format().height());
  }

  /** Draws on what was put up, once. */
  public void paint(Scene scene) {
    painter.paint(canvas, scene);
  }

  /** Writes on what was put up when it is shown, in microseconds since the first frame. */
  public void writeTime(long micros) {
    times.draw(canvas, micros);
  }

  @Override
  public void close() {
    picture.close();
    converter.close();
  }
}
