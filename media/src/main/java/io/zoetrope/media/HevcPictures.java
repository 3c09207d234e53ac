package io.zoetrope.media;

import io.zoetrope.media.CodedPicture.Shows;
import java.nio.ByteBuffer;

/**
 * HEVC: the type of a picture's first NAL unit says all. Types and section numbers are those of
 * ITU-T H.265, table 7-1.
 */
final class HevcPictures implements PictureReader {
  private static final int HEADER_BYTES = 2;
  private static final int LAST_SUBLAYER_NON_REFERENCE = 14;
  private static final int RASL_N = 8;
  private static final int RASL_R = 9;
  private static final int BLA_W_LP = 16;
  private static final int IDR_W_RADL = 19;
  private static final int IDR_N_LP = 20;
  private static final int CRA = 21;
  private static final int LAST_PICTURE = 31;
  private static final int SPS = 33;
  private static final int UNKNOWN = -1;

  private NalUnits units;
  private int highestLayer = UNKNOWN;
  private boolean seenRandomAccess;
  private boolean skipsRasl;

  HevcPictures(ByteBuffer extradata) {
    useHeader(extradata);
  }

  @Override
  public void useHeader(ByteBuffer extradata) {
    units = NalUnits.ofHevc(extradata);
    byte[] header = new byte[extradata.remaining()];
    extradata.duplicate().get(header);
    NalUnits.Visitor parameterSets =
        (data, start, end) -> {
          noteParameterSet(data, start, end);
          return true;
        };
    if (header.length > 0 && header[0] == 1) {
      HevcConfiguration.forEachUnit(header, parameterSets);
    } else {
      units.forEach(header, parameterSets);
    }
  }

  @Override
  public CodedPicture read(byte[] packet, boolean key, ParsedPicture parsed) {
    int[] found = {UNKNOWN, 0};
    units.forEach(
        packet,
        (data, start, end) -> {
          noteParameterSet(data, start, end);
          int type = type(data, start);
          boolean picture = type <= LAST_PICTURE && baseLayer(data, start) && end > start + 1;
          if (picture) {
            found[0] = type;
            found[1] = temporalLayer(data, start);
          }
          return !picture;
        });
    int type = found[0];
    boolean idr = type == IDR_W_RADL || type == IDR_N_LP;
    boolean randomAccess = type >= BLA_W_LP && type <= CRA;
    boolean rasl = type == RASL_N || type == RASL_R;
    if (randomAccess) {
      // Section 8.1.3: what came before the first CRA, or before a BLA, is not there to refer to.
      skipsRasl = !seenRandomAccess || type != CRA;
      seenRandomAccess = true;
    }
    return new CodedPicture(
        randomAccess,
        randomAccess && !idr,
        rasl,
        parsed.type() == ParsedPicture.Type.BIDIRECTIONAL,
        type >= 0
            && type <= LAST_SUBLAYER_NON_REFERENCE
            && type % 2 == 0
            && found[1] == highestLayer,
        rasl && skipsRasl ? Shows.NOTHING : Shows.FRAME,
        parsed.orderCount(),
        randomAccess && type != CRA);
  }

  /**
   * A sequence parameter set says how many temporal layers there are: sps_max_sub_layers_minus1.
   */
  private void noteParameterSet(byte[] data, int start, int end) {
    if (type(data, start) == SPS && baseLayer(data, start) && end > start + HEADER_BYTES) {
      highestLayer = Math.max(highestLayer, data[start + HEADER_BYTES] >> 1 & 7);
    }
  }

  private static int type(byte[] data, int start) {
    return data[start] >> 1 & 0x3f;
  }

  private static boolean baseLayer(byte[] data, int start) {
    return (data[start] & 1) == 0 && (start + 1 >= data.length || (data[start + 1] & 0xf8) == 0);
  }

  private static int temporalLayer(byte[] data, int start) {
    return (data[start + 1] & 7) - 1;
  }
}
