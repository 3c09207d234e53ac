package io.zoetrope.media;

import java.io.ByteArrayOutputStream;
import java.util.Random;

/**
 * Writes H.264 whose pictures are now a frame, now two fields (picture-adaptive coding, as
 * broadcasters use it), which no encoder at hand does. A picture takes over all but a few
 * macroblocks of the one before; those are raw. Section numbers are those of ITU-T H.264.
 */
final class FieldPictures {
  private static final int FRAMES = 96;
  private static final int FRAMES_PER_GOP = 16;
  private static final int WIDTH = 6;
  private static final int HEIGHT = 4;
  private static final int RAW_BYTES = 384;
  private static final int COUNTER_BITS = 8;

  private static final int SLICE = 1;
  private static final int IDR_SLICE = 5;
  private static final int SEI = 6;
  private static final int SPS = 7;
  private static final int PPS = 8;
  private static final int P = 5;
  private static final int I = 7;
  private static final int RAW_IN_P = 30;
  private static final int RAW_IN_I = 25;

  private enum Structure {
    FRAME,
    TOP,
    BOTTOM
  }

  private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
  private final Random random = new Random(5);

  private FieldPictures() {}

  /** Every second GOP begins with an IDR picture, the others with a recovery point. */
  static byte[] stream() {
    FieldPictures writer = new FieldPictures();
    int frameNumber = 0;
    for (int frame = 0; frame < FRAMES; frame++) {
      int inGop = frame % FRAMES_PER_GOP;
      boolean idr = frame % (2 * FRAMES_PER_GOP) == 0;
      frameNumber = idr ? 0 : frameNumber;
      if (inGop == 0) {
        writer.parameterSets();
        writer.unit(0, SEI, new BitWriter().bits(24, 0x060184).payload());
      }
      boolean reference = inGop % 4 != 3;
      int order = 2 * (frame % (2 * FRAMES_PER_GOP));
      if (frame % 3 == 1) {
        writer.picture(Structure.FRAME, idr, inGop == 0, reference, frameNumber, order);
      } else {
        writer.picture(Structure.TOP, idr, inGop == 0, reference, frameNumber, order);
        // A second field refers to fields of the picture before too; an IDR has none before it.
        boolean intra = inGop == 0 && !idr;
        writer.picture(Structure.BOTTOM, false, intra, reference, frameNumber, order + 1);
      }
      frameNumber += reference ? 1 : 0;
    }
    return writer.stream.toByteArray();
  }

  /** Sections 7.3.2.1 and 7.3.2.2: Main profile, field pictures allowed, no macroblock pairs. */
  private void parameterSets() {
    unit(
        3,
        SPS,
        new BitWriter()
            .bits(24, 77 << 16 | 30)
            .codes(0, COUNTER_BITS - 4, 0, COUNTER_BITS - 4, 2)
            .bits(1, 0)
            .codes(WIDTH - 1, HEIGHT / 2 - 1)
            .bits(5, 0b00100)
            .payload());
    unit(
        3,
        PPS,
        new BitWriter()
            .codes(0, 0)
            .bits(2, 0)
            .codes(0, 0, 0)
            .bits(3, 0)
            .codes(0, 0, 0)
            .bits(3, 0b100)
            .payload());
  }

  /** Sections 7.3.3 and 7.3.4. */
  private void picture(
      Structure structure,
      boolean idr,
      boolean intra,
      boolean reference,
      int frameNumber,
      int order) {
    BitWriter slice = new BitWriter().codes(0, intra ? I : P, 0).bits(COUNTER_BITS, frameNumber);
    if (structure == Structure.FRAME) {
      slice.bits(1, 0);
    } else {
      slice.bits(2, structure == Structure.TOP ? 0b10 : 0b11);
    }
    if (idr) {
      slice.codes(0);
    }
    slice.bits(COUNTER_BITS, order);
    if (!intra) {
      slice.bits(2, 0);
    }
    if (reference) {
      slice.bits(idr ? 2 : 1, 0);
    }
    slice.codes(0, 1);
    int macroblocks = WIDTH * HEIGHT / (structure == Structure.FRAME ? 1 : 2);
    if (intra) {
      for (int i = 0; i < macroblocks; i++) {
        raw(slice, RAW_IN_I);
      }
    } else {
      int changed = random.nextInt(macroblocks - 1);
      slice.codes(changed);
      raw(slice, RAW_IN_P);
      slice.codes(macroblocks - changed - 1);
    }
    unit(reference ? 2 : 0, idr ? IDR_SLICE : SLICE, slice.payload());
  }

  private void raw(BitWriter slice, int type) {
    slice.codes(type).align(0);
    int shade = 1 + random.nextInt(200);
    for (int i = 0; i < RAW_BYTES; i++) {
      slice.bits(8, shade + random.nextInt(50));
    }
  }

  private void unit(int importance, int type, byte[] payload) {
    stream.writeBytes(new byte[] {0, 0, 0, 1, (byte) (importance << 5 | type)});
    int zeros = 0;
    for (byte value : payload) {
      if (zeros == 2 && (value & 0xff) <= 3) {
        stream.write(3);
        zeros = 0;
      }
      stream.write(value);
      zeros = value == 0 ? zeros + 1 : 0;
    }
  }
}
