package io.zoetrope.media;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.global.avcodec;

/** The kinds of packet side data that decoders act upon, by FFmpeg's names. */
final class SideDataTypes {
  static final String NEW_EXTRADATA = name(avcodec.AV_PKT_DATA_NEW_EXTRADATA);

  private static final Map<String, Integer> NUMBERS =
      List.of(
              avcodec.AV_PKT_DATA_NEW_EXTRADATA,
              avcodec.AV_PKT_DATA_PARAM_CHANGE,
              avcodec.AV_PKT_DATA_PALETTE)
          .stream()
          .collect(toUnmodifiableMap(SideDataTypes::name, number -> number));

  private SideDataTypes() {}

  static boolean isCarried(int number) {
    return NUMBERS.containsValue(number);
  }

  static String name(int number) {
    return avcodec.av_packet_side_data_name(number).getString();
  }

  /** FFmpeg's number of a carried kind. */
  static int number(String name) {
    Integer number = NUMBERS.get(name);
    if (number == null) {
      throw new IllegalArgumentException("no side data for decoders: " + name);
    }
    return number;
  }
}
