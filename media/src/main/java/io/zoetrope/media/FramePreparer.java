package io.zoetrope.media;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Turns decoded pictures into a model's input: scaled (bilinear), converted to RGB by the stream's
 * own matrix and range (BT.601, limited, where it names none), turned upright and letterboxed.
 * Holds native scalers; to be used by one thread at a time.
 */
public final class FramePreparer implements AutoCloseable {
  /** Sizes change seldom within a video; a hostile one that always does mustn't fill the memory. */
  private static final int MOST_SCALERS = 8;

  /** Place in the tensor of the scaler's planes, which are green, blue, red. */
  private static final int[] RGB_PLANES = {1, 2, 0};

  private static final int[] BGR_PLANES = {1, 0, 2};
  private static final float BYTE_RANGE = 255;

  private final Map<PictureScaler.Key, PictureScaler> scalers =
      new LinkedHashMap<>(MOST_SCALERS, 0.75f, true);
  private float[] rows = new float[0];

  /**
   * Writes all {@link InputFormat#floats()} values of one picture, padding included: 3 planes of
   * {@code height} rows of {@code width}.
   *
   * @param tensor direct, in native byte order; written from its position on, which isn't moved
   * @return where the picture lies in the input
   * @throws MediaException {@code MEDIA_UNSUPPORTED} if pictures of its format can't be converted
   */
  public Letterbox prepare(DecodedFrame frame, InputFormat format, FloatBuffer tensor) {
    if (!tensor.isDirect()
        || tensor.order() != ByteOrder.nativeOrder()
        || tensor.remaining() < format.floats()) {
      throw new IllegalArgumentException(
          "needs a direct buffer of " + format.floats() + " floats in native order: " + tensor);
    }
    Orientation orientation = frame.orientation();
    Letterbox box = Letterbox.of(frame.width(), frame.height(), format);
    PictureScaler scaler =
        scaler(
            PictureScaler.Key.of(
                frame.frame(),
                orientation.uprightWidth(box.scaledWidth(), box.scaledHeight()),
                orientation.uprightHeight(box.scaledWidth(), box.scaledHeight())));
    boolean straight =
        orientation.equals(Orientation.UPRIGHT)
            && box.scaledWidth() % PictureScaler.ROW_ALIGNMENT == 0;
    if (straight) {
      scaleInto(tensor, frame, format, box, scaler);
      if (!format.unitScale()) {
        stretch(tensor, format, box);
      }
    } else {
      new Turn(orientation, format, box, scaler.scratchStride())
          .run(scaler.scale(frame.frame()), tensor);
    }
    pad(tensor, format, box);
    return box;
  }

  @Override
  public void close() {
    scalers.values().forEach(PictureScaler::close);
    scalers.clear();
  }

  private PictureScaler scaler(PictureScaler.Key key) {
    PictureScaler scaler = scalers.get(key);
    if (scaler == null) {
      if (scalers.size() == MOST_SCALERS) {
        Iterator<PictureScaler> leastRecent = scalers.values().iterator();
        leastRecent.next().close();
        leastRecent.remove();
      }
      scaler = new PictureScaler(key);
      scalers.put(key, scaler);
    }
    return scaler;
  }

  private static void scaleInto(
      FloatBuffer tensor,
      DecodedFrame frame,
      InputFormat format,
      Letterbox box,
      PictureScaler scaler) {
    int[] offsets = new int[PictureScaler.PLANES];
    for (int plane = 0; plane < PictureScaler.PLANES; plane++) {
      offsets[plane] = tensor.position() + start(plane, format, box);
    }
    FloatPointer memory = new FloatPointer(tensor.duplicate().clear());
    scaler.scale(frame.frame(), memory, offsets, format.width());
  }

  /**
   * From 0..1 to 0..255, in the rows that the picture lies in; what is beside it is padded later.
   */
  private void stretch(FloatBuffer tensor, InputFormat format, Letterbox box) {
    int length = box.scaledHeight() * format.width();
    if (rows.length < length) {
      rows = new float[length];
    }
    for (int plane = 0; plane < PictureScaler.PLANES; plane++) {
      int start = tensor.position() + (plane * format.height() + box.top()) * format.width();
      // In an array, the JIT compiler turns the loop into vector instructions.
      tensor.get(start, rows, 0, length);
      for (int i = 0; i < length; i++) {
        rows[i] *= BYTE_RANGE;
      }
      tensor.put(start, rows, 0, length);
    }
  }

  /** Where the picture starts in the tensor's plane that gets the scaler's plane. */
  private static int start(int scalerPlane, InputFormat format, Letterbox box) {
    int plane = (format.rgb() ? RGB_PLANES : BGR_PLANES)[scalerPlane];
    return (plane * format.height() + box.top()) * format.width() + box.left();
  }

  private static void pad(FloatBuffer tensor, InputFormat format, Letterbox box) {
    float[] grey = new float[format.width()];
    Arrays.fill(grey, format.padding());
    int right = box.left() + box.scaledWidth();
    int bottom = box.top() + box.scaledHeight();
    for (int row = 0; row < PictureScaler.PLANES * format.height(); row++) {
      int start = tensor.position() + row * format.width();
      int y = row % format.height();
      if (y < box.top() || y >= bottom) {
        tensor.put(start, grey);
      } else {
        tensor.put(start, grey, 0, box.left());
        tensor.put(start + right, grey, 0, format.width() - right);
      }
    }
  }

  /** Copies scaled planes into the tensor, turned upright and brought to its range of values. */
  private record Turn(
      Orientation orientation, InputFormat format, Letterbox box, int storedStride) {
    void run(FloatBuffer planes, FloatBuffer tensor) {
      int storedHeight = orientation.uprightHeight(box.scaledWidth(), box.scaledHeight());
      float[] stored = new float[storedStride * storedHeight];
      float[] row = new float[box.scaledWidth()];
      float factor = format.unitScale() ? 1 : BYTE_RANGE;
      for (int plane = 0; plane < PictureScaler.PLANES; plane++) {
        planes.get(plane * stored.length, stored);
        int start = tensor.position() + start(plane, format, box);
        for (int y = 0; y < box.scaledHeight(); y++) {
          readRow(stored, y, factor, row);
          tensor.put(start + y * format.width(), row);
        }
      }
    }

    private void readRow(float[] stored, int y, float factor, float[] row) {
      int across = orientation.transposed() ? storedStride : 1;
      int down = orientation.transposed() ? 1 : storedStride;
      int first = (orientation.mirroredY() ? box.scaledHeight() - 1 - y : y) * down;
      int step = orientation.mirroredX() ? -across : across;
      int at = first + (orientation.mirroredX() ? (row.length - 1) * across : 0);
      for (int x = 0; x < row.length; x++, at += step) {
        row[x] = stored[at] * factor;
      }
    }
  }
}
