package io.zoetrope.media;

import io.zoetrope.media.CodedPicture.Shows;
import java.util.function.Predicate;

/**
 * Codecs of which the container's keyframe flag can be believed as long as the parser doesn't see a
 * P picture there (MPEG-1/2/4, VP8/9, AV1, MJPEG, ProRes, Theora and all others).
 */
final class PlainPictures implements PictureReader {
  private final Predicate<byte[]> showsFrame;
  private final boolean refersToBidirectional;

  /** {@code refersToBidirectional}: whether a picture may refer to a B picture. */
  PlainPictures(Predicate<byte[]> showsFrame, boolean refersToBidirectional) {
    this.showsFrame = showsFrame;
    this.refersToBidirectional = refersToBidirectional;
  }

  @Override
  public CodedPicture read(byte[] packet, boolean key, ParsedPicture parsed) {
    boolean bidirectional = parsed.type() == ParsedPicture.Type.BIDIRECTIONAL;
    return new CodedPicture(
        key && parsed.mayBeIntra(),
        true,
        true,
        bidirectional,
        bidirectional && !refersToBidirectional,
        showsFrame.test(packet) ? Shows.FRAME : Shows.NOTHING,
        CodedPicture.NO_ORDER_COUNT,
        false);
  }
}
