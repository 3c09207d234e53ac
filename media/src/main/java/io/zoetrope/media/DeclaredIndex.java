package io.zoetrope.media;

import static io.zoetrope.media.MediaException.Code.MEDIA_UNSUPPORTED;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;

/** Keeps FFmpeg from taking memory for an index that only claims to be large. */
final class DeclaredIndex {
  private static final String MP4 = "mov,";
  // What FFmpeg keeps of a sample: its place, and its times.
  private static final int BYTES_OF_AN_ENTRY = 36;
  private static final int BYTES_PROBED_BY_BOX = 256;

  private DeclaredIndex() {}

  /** Whether the index of such a file is looked into. */
  static boolean isKnown(AVInputFormat format) {
    return format.name().getString().startsWith(MP4);
  }

  /**
   * Does nothing unless the file's index claims more than is allowed. Leaves the channel where it
   * was.
   */
  static void requireModest(
      SeekableByteChannel source, AVInputFormat format, String name, MediaLimits limits)
      throws IOException {
    if (!isKnown(format)) {
      return;
    }
    long position = source.position();
    Mp4Claims claims =
        Mp4Claims.of(new RandomBytes(source), limits.probeBytes() / BYTES_PROBED_BY_BOX);
    source.position(position);
    if (claims.tracks() > limits.streams()) {
      throw Demuxer.tooManyStreams(name, limits);
    }
    if (claims.isEndless() || claims.indexEntries() > limits.probeBytes() / BYTES_OF_AN_ENTRY) {
      throw Demuxer.probeTooCostly(name);
    }
    if (claims.isCompressed()) {
      throw new MediaException(
          MEDIA_UNSUPPORTED, name + " has a compressed index, which isn't accepted; remux it.");
    }
  }
}
