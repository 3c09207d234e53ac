package io.zoetrope.media;

import java.time.Duration;

/**
 * What a medium that nobody vouches for may take. A medium that passes a limit is rejected with the
 * {@link MediaException.Code} of that limit; the defaults are in {@link #DEFAULT}.
 *
 * @param picturePixels in one picture, by the container or by the stream itself: {@code
 *     MEDIA_PICTURE_TOO_LARGE}
 * @param duration declared, and of what is read: {@code MEDIA_TOO_LONG}
 * @param streams in the file, of any kind: {@code MEDIA_TOO_MANY_STREAMS}
 * @param packetBytes in one packet, which is one compressed picture: {@code MEDIA_PACKET_TOO_LARGE}
 * @param batches that the video is cut into: {@code MEDIA_TOO_MANY_BATCHES}
 * @param probeBytes read until it is known what the file holds, its index included: {@code
 *     MEDIA_PROBE_TOO_COSTLY}
 * @param probeTime spent until then: {@code MEDIA_PROBE_TOO_COSTLY}
 */
public record MediaLimits(
    long picturePixels,
    Duration duration,
    int streams,
    int packetBytes,
    int batches,
    long probeBytes,
    Duration probeTime) {
  /** 8K UHD, 7680 × 4320, rounded up to what FFmpeg's alignment makes of it. */
  private static final long PIXELS_OF_8K = 7680L * 4352;

  /**
   * 33 megapixels, 24 hours, 64 streams, 64 MiB a packet, a million batches; 256 MiB and 20 seconds
   * of probing, which leaves room for the index of a day and for a slow disk.
   */
  public static final MediaLimits DEFAULT =
      new MediaLimits(
          PIXELS_OF_8K,
          Duration.ofHours(24),
          64,
          64 << 20,
          1_000_000,
          256L << 20,
          Duration.ofSeconds(20));

  /** For a medium that was accepted before, by limits that need not be known any more. */
  public static final MediaLimits UNLIMITED =
      new MediaLimits(
          Integer.MAX_VALUE,
          Duration.ofSeconds(Long.MAX_VALUE),
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Long.MAX_VALUE,
          Duration.ofSeconds(Long.MAX_VALUE));

  private static final int WIDEST_ALIGNMENT = 128;
  private static final int MOST_BYTES_A_PIXEL = 4;

  public MediaLimits {
    if (picturePixels < 1
        || duration.isNegative()
        || duration.isZero()
        || streams < 1
        || packetBytes < 1
        || batches < 1
        || probeBytes < 1
        || probeTime.isNegative()
        || probeTime.isZero()) {
      throw new IllegalArgumentException("a limit that nothing can keep");
    }
  }

  /**
   * What a decoder of an accepted stream may allocate for a picture: room for its own size however
   * it is aligned, but no less than the default, as the size may change in mid-stream.
   */
  static long decodablePixels(VideoStream stream) {
    return Math.max(PIXELS_OF_8K, aligned(stream.width()) * aligned(stream.height()));
  }

  /**
   * The largest block of native memory that anything within the limits can need: two packets, a
   * picture of 4 bytes a pixel (16 bits a component have planes apart), a track's part of the
   * index. 0 if there is no telling.
   */
  long largestBlock() {
    if (picturePixels >= Integer.MAX_VALUE) {
      return 0;
    }
    long packetsOrPicture = Math.max(2L * packetBytes, MOST_BYTES_A_PIXEL * picturePixels);
    return Math.min(Integer.MAX_VALUE, Math.max(packetsOrPicture, probeBytes / 2));
  }

  private static long aligned(int side) {
    return (side + WIDEST_ALIGNMENT - 1L) / WIDEST_ALIGNMENT * WIDEST_ALIGNMENT;
  }

  public MediaLimits withDuration(Duration most) {
    return new MediaLimits(
        picturePixels, most, streams, packetBytes, batches, probeBytes, probeTime);
  }

  public MediaLimits withStreams(int most) {
    return new MediaLimits(
        picturePixels, duration, most, packetBytes, batches, probeBytes, probeTime);
  }

  public MediaLimits withPacketBytes(int most) {
    return new MediaLimits(picturePixels, duration, streams, most, batches, probeBytes, probeTime);
  }

  public MediaLimits withBatches(int most) {
    return new MediaLimits(
        picturePixels, duration, streams, packetBytes, most, probeBytes, probeTime);
  }

  public MediaLimits withProbe(long mostBytes, Duration mostTime) {
    return new MediaLimits(
        picturePixels, duration, streams, packetBytes, batches, mostBytes, mostTime);
  }
}
