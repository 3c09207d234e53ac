package io.zoetrope.media;

import static io.zoetrope.media.VideoPacket.NO_TIMESTAMP;

import io.zoetrope.media.CodedPicture.Shows;
import io.zoetrope.media.PacketReader.ReadPacket;
import java.util.Set;

/**
 * Finds where a stream begins to be displayed, which may start in mid-GOP. Fed its packets in order
 * until it is found.
 */
final class DisplayStart {
  /** Codecs whose decoders show nothing that comes before the first random-access point. */
  private static final Set<String> SILENT_BEFORE_RANDOM_ACCESS =
      Set.of("h264", "hevc", "mpeg1video", "mpeg2video", "vp8", "vp9", "av1", "ffv1");

  private final boolean h264;
  private final NalUnits units;
  private boolean found;
  private long pts = NO_TIMESTAMP;
  private long firstIntraPts = NO_TIMESTAMP;
  private int framesToRecovery = H264Sei.NO_RECOVERY;

  DisplayStart(VideoStream stream) {
    h264 = stream.codec().equals("h264");
    units = NalUnits.ofH264(stream.extradata());
    found = !SILENT_BEFORE_RANDOM_ACCESS.contains(stream.codec());
  }

  boolean isFound() {
    return found;
  }

  /** Before it nothing is displayed; {@link VideoPacket#NO_TIMESTAMP} where that can't be said. */
  long pts() {
    return found ? pts : firstIntraPts;
  }

  void accept(ReadPacket read) {
    found = read.picture().randomAccess() || (h264 && recovers(read));
    pts = read.packet().pts();
    if (read.intra() && firstIntraPts == NO_TIMESTAMP) {
      // Good enough for FFmpeg where a stream has no better place.
      firstIntraPts = pts;
    }
  }

  /**
   * Intra refresh has no random-access point after its first picture, but tells how many reference
   * frames later all of the picture is refreshed.
   */
  private boolean recovers(ReadPacket read) {
    if (framesToRecovery == H264Sei.NO_RECOVERY) {
      framesToRecovery = H264Sei.recoveryFrames(read.packet().data(), units);
    } else if (read.picture().shows() == Shows.FRAME && !read.picture().disposable()) {
      framesToRecovery--;
    }
    return framesToRecovery == 0;
  }
}
