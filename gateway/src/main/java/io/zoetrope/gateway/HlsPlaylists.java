package io.zoetrope.gateway;

import io.zoetrope.gateway.Mp4Header.Players;
import io.zoetrope.topology.query.Render;
import io.zoetrope.topology.query.RenderSegments;
import io.zoetrope.topology.query.RenderSegments.Fragment;
import io.zoetrope.topology.query.RenderSegments.Segment;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An annotated video as HTTP Live Streaming (RFC 8216), as far as it can be played: its segments
 * from the first on without a gap, and the sound that goes with them. The playlists grow while it
 * is rendered.
 */
final class HlsPlaylists {
  static final String CONTENT_TYPE = "application/vnd.apple.mpegurl";
  static final String VIDEO = "video.m3u8";
  static final String SOUND = "sound.m3u8";
  static final String SOUND_FILE = "sound.mp4";

  private static final double MICROS = 1_000_000;

  // It must not change while a playlist grows; hardly a segment of a real video is longer.
  private static final long LEAST_TARGET_SECONDS = 10;

  /**
   * Of a playlist that grows. Players keep three segments away from its end (RFC 8216, 6.3.3), and
   * Chromium's own gives up where it has played all that is there when it begins.
   */
  private static final int LEAST_SEGMENTS = 3;

  private final RenderSegments render;
  private final List<Segment> playable;

  HlsPlaylists(RenderSegments render) {
    this.render = render;
    this.playable =
        render.withoutGap().stream().filter(segment -> segment.location() != null).toList();
  }

  /** Whether there is enough to begin with. */
  boolean playable() {
    return playable.size() >= (ended() ? 1 : LEAST_SEGMENTS);
  }

  /** The first segment that can be played; there is one. */
  Segment first() {
    return playable.get(0);
  }

  /**
   * The first that a player reads: where pictures and sound are, and what it takes to play them.
   * Where not every player can play the sound, the pictures can be had without, and where none can,
   * there are only those: many play nothing at all rather than leave something out.
   *
   * @param pictures the header of a segment; empty where it tells nothing
   * @param heard the header of the sound; empty where there is none, or it tells nothing
   */
  String start(Optional<Mp4Header> pictures, Optional<Mp4Header> heard) {
    StringBuilder text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:7\n");
    text.append("#EXT-X-INDEPENDENT-SEGMENTS\n");
    Players players =
        render.sound() == null ? Players.NONE : heard.map(Mp4Header::players).orElse(Players.SOME);
    if (players != Players.NONE) {
      text.append("#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"sound\",NAME=\"original\",")
          .append("DEFAULT=YES,AUTOSELECT=YES,URI=\"" + SOUND + "\"\n");
      variant(text, pictures, heard, true);
    }
    if (players != Players.ALL) {
      variant(text, pictures, Optional.empty(), false);
    }
    return text.toString();
  }

  private void variant(
      StringBuilder text, Optional<Mp4Header> pictures, Optional<Mp4Header> heard, boolean sound) {
    text.append("#EXT-X-STREAM-INF:BANDWIDTH=").append(mostBits(sound));
    text.append(",AVERAGE-BANDWIDTH=").append(meanBits(sound));
    // All or none of them.
    if (pictures.isPresent() && sound == heard.isPresent()) {
      String codecs =
          Stream.concat(pictures.stream(), heard.stream())
              .map(Mp4Header::codec)
              .collect(Collectors.joining(","));
      text.append(",CODECS=\"").append(codecs).append('"');
    }
    pictures.ifPresent(
        header ->
            text.append(",RESOLUTION=").append(header.width()).append('x').append(header.height()));
    text.append(String.format(Locale.ROOT, ",FRAME-RATE=%.3f", picturesPerSecond()));
    text.append(sound ? ",AUDIO=\"sound\"\n" : "\n").append(VIDEO + "\n");
  }

  /** The pictures. */
  String video() {
    // Whatever is there already behind a gap will come, too.
    StringBuilder text =
        head(render.segments().stream().mapToLong(Segment::durationMicros).max().orElse(0));
    map(text, file(first()), first().headerBytes());
    for (Segment segment : playable) {
      piece(
          text,
          file(segment),
          segment.durationMicros(),
          segment.sizeBytes() - segment.headerBytes(),
          segment.headerBytes());
    }
    return end(text);
  }

  /** The sound, as far as there are pictures with it. */
  String sound() {
    RenderSegments.Sound sound = render.sound();
    StringBuilder text =
        head(sound.fragments().stream().mapToLong(Fragment::durationMicros).max().orElse(0));
    map(text, SOUND_FILE, sound.headerBytes());
    long shown = render.withoutGap().stream().mapToLong(Segment::durationMicros).sum();
    long offset = sound.headerBytes();
    long micros = 0;
    for (Fragment fragment : sound.fragments()) {
      if (micros >= shown && !ended()) {
        break;
      }
      piece(text, SOUND_FILE, fragment.durationMicros(), fragment.sizeBytes(), offset);
      offset += fragment.sizeBytes();
      micros += fragment.durationMicros();
    }
    return end(text);
  }

  private boolean ended() {
    boolean all = render.total() != null && render.withoutGap().size() >= render.total();
    return all || render.state() == Render.State.FAILED;
  }

  private static StringBuilder head(long longestMicros) {
    long target = Math.max(LEAST_TARGET_SECONDS, Math.round(longestMicros / MICROS));
    return new StringBuilder("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:")
        .append(target)
        .append("\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:EVENT\n")
        .append("#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-START:TIME-OFFSET=0\n");
  }

  private static void map(StringBuilder text, String file, long bytes) {
    text.append("#EXT-X-MAP:URI=\"%s\",BYTERANGE=\"%d@0\"\n".formatted(file, bytes));
  }

  private static void piece(
      StringBuilder text, String file, long durationMicros, long bytes, long offset) {
    text.append(String.format(Locale.ROOT, "#EXTINF:%.6f,\n", durationMicros / MICROS))
        .append("#EXT-X-BYTERANGE:%d@%d\n%s\n".formatted(bytes, offset, file));
  }

  private String end(StringBuilder text) {
    return (ended() ? text.append("#EXT-X-ENDLIST\n") : text).toString();
  }

  private static String file(Segment segment) {
    return "segments/" + segment.sequence() + ".mp4";
  }

  /** The most that any piece needs in a second. */
  private long mostBits(boolean sound) {
    return playable.stream()
            .mapToLong(segment -> bitsPerSecond(segment.sizeBytes(), segment.durationMicros()))
            .max()
            .orElse(0)
        + heard(sound).stream()
            .mapToLong(fragment -> bitsPerSecond(fragment.sizeBytes(), fragment.durationMicros()))
            .max()
            .orElse(0);
  }

  private long meanBits(boolean sound) {
    return bitsPerSecond(
            playable.stream().mapToLong(Segment::sizeBytes).sum(),
            playable.stream().mapToLong(Segment::durationMicros).sum())
        + bitsPerSecond(
            heard(sound).stream().mapToLong(Fragment::sizeBytes).sum(),
            heard(sound).stream().mapToLong(Fragment::durationMicros).sum());
  }

  private List<Fragment> heard(boolean sound) {
    return sound ? render.sound().fragments() : List.of();
  }

  private double picturesPerSecond() {
    long micros = playable.stream().mapToLong(Segment::durationMicros).sum();
    return playable.stream().mapToInt(Segment::pictures).sum() * MICROS / Math.max(1, micros);
  }

  private static long bitsPerSecond(long bytes, long micros) {
    return Math.round(bytes * Byte.SIZE * MICROS / Math.max(1, micros));
  }
}
