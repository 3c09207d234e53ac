package io.zoetrope.media;

/** The HEVC decoder configuration record (ISO/IEC 14496-15, section 8.3.3.1). */
final class HevcConfiguration {
  private static final int ARRAYS_AT = 22;

  private HevcConfiguration() {}

  /** Visits the parameter sets in it, as far as the record is whole. */
  static void forEachUnit(byte[] record, NalUnits.Visitor visitor) {
    if (record.length <= ARRAYS_AT) {
      return;
    }
    int arrays = record[ARRAYS_AT] & 0xff;
    int at = ARRAYS_AT + 1;
    for (int i = 0; i < arrays && at + 3 <= record.length; i++) {
      int count = uint16(record, at + 1);
      at += 3;
      for (int unit = 0; unit < count && at + 2 <= record.length; unit++) {
        int start = at + 2;
        int end = start + uint16(record, at);
        if (end > record.length) {
          return;
        }
        if (end > start && !visitor.visit(record, start, end)) {
          return;
        }
        at = end;
      }
    }
  }

  private static int uint16(byte[] data, int at) {
    return (data[at] & 0xff) << 8 | (data[at + 1] & 0xff);
  }
}
