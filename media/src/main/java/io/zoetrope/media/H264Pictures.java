package io.zoetrope.media;

import io.zoetrope.media.CodedPicture.Shows;
import io.zoetrope.media.ParsedPicture.Structure;
import java.nio.ByteBuffer;

/**
 * H.264: decoding can begin at an IDR picture, or at an I picture whose recovery point is itself.
 * Section numbers are those of ITU-T H.264.
 */
final class H264Pictures implements PictureReader {
  private static final int SLICE = 1;
  private static final int IDR_SLICE = 5;
  private static final int SEI = 6;

  private NalUnits units;
  private Structure unpairedField = Structure.FRAME;
  private boolean disposable;

  H264Pictures(ByteBuffer extradata) {
    units = NalUnits.ofH264(extradata);
  }

  @Override
  public void useHeader(ByteBuffer extradata) {
    units = NalUnits.ofH264(extradata);
  }

  @Override
  public CodedPicture read(byte[] packet, boolean key, ParsedPicture parsed) {
    Findings found = new Findings();
    units.forEach(packet, found);
    boolean recovers = found.recoveryPoint && parsed.type() == ParsedPicture.Type.INTRA;
    boolean secondField = isSecondField(parsed.structure(), found.idr);
    // The two fields of a frame go together.
    disposable = secondField ? disposable : found.slices && !found.reference;
    return new CodedPicture(
        !secondField && (found.idr || recovers),
        !found.idr,
        true,
        parsed.type() == ParsedPicture.Type.BIDIRECTIONAL,
        disposable,
        secondField ? Shows.SECOND_FIELD : Shows.FRAME,
        parsed.orderCount(),
        found.idr);
  }

  /**
   * Two fields in packets of their own: the second has the other parity. Of an IDR the first is.
   */
  private boolean isSecondField(Structure structure, boolean idr) {
    boolean second =
        structure != Structure.FRAME
            && unpairedField != Structure.FRAME
            && structure != unpairedField
            && !idr;
    unpairedField = second ? Structure.FRAME : structure;
    return second;
  }

  /** Collects until the first slice that others refer to has been seen. */
  private static final class Findings implements NalUnits.Visitor {
    boolean idr;
    boolean recoveryPoint;
    boolean slices;
    boolean reference;

    @Override
    public boolean visit(byte[] data, int start, int end) {
      int type = data[start] & 0x1f;
      if (type == SEI) {
        recoveryPoint |=
            H264Sei.recoversAtOnce(NalUnits.payload(data, start, end, H264Sei.HEADER_BYTES));
      } else if (type >= SLICE && type <= IDR_SLICE) {
        slices = true;
        idr |= type == IDR_SLICE;
        reference |= (data[start] & 0x60) != 0;
      }
      return !reference;
    }
  }
}
