package io.zoetrope.assembler.stills;

import io.zoetrope.media.EncoderSettings;
import io.zoetrope.media.MediaException;
import io.zoetrope.media.Picture;
import io.zoetrope.media.PictureFormat;
import io.zoetrope.media.Preset;
import io.zoetrope.media.SegmentJoin;
import io.zoetrope.media.SegmentWriter;
import io.zoetrope.media.VideoCodec;
import io.zoetrope.media.VideoStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A clip that is encoded again, piece by piece, so that no more than a piece is held in memory. How
 * long a picture is shown is known once the next one comes. Owns native memory; one thread.
 */
final class ClipPieces implements AutoCloseable {
  private static final int PICTURES = 120;
  private static final double FALLBACK_SECONDS = 0.04;

  private final Path folder;
  private final EncoderSettings settings;
  private final Optional<String> note;
  private final Picture waiting;
  private final List<Path> pieces = new ArrayList<>();
  private SegmentWriter writer;
  private int pictures;
  private boolean any;
  private long startPts;
  private long waitingPts;
  private long lastDuration;
  private long durationMicros;

  ClipPieces(Path folder, VideoStream stream, PictureFormat format) {
    this.folder = folder;
    EncoderSettings usual =
        new EncoderSettings(
            VideoCodec.H264, Preset.FAST, format, stream.timeBase(), stream.frameRate());
    note = whyNot(usual);
    settings = note.isPresent() ? usual.withCodec(VideoCodec.VP9) : usual;
    waiting = Picture.allocate(format);
    lastDuration = Math.max(1, Math.round(frameSeconds(stream) / stream.timeBase().toDouble()));
  }

  /** Takes the next picture, which stays the caller's; {@code pts} is the stream's. */
  void add(Picture picture, long pts) {
    if (any) {
      lastDuration = pts - waitingPts;
      encode();
    } else {
      startPts = pts;
    }
    any = true;
    waitingPts = pts;
    waiting.copyFrom(picture);
  }

  /** The last picture is shown as long as the one before it. */
  void end() {
    if (!any) {
      throw Footage.nothingDecodable();
    }
    encode();
    finishPiece();
  }

  /** That it isn't encoded as clips usually are, in a sentence. */
  Optional<String> note() {
    return note;
  }

  private static Optional<String> whyNot(EncoderSettings settings) {
    try {
      settings.requireEncoder();
      return Optional.empty();
    } catch (MediaException e) {
      return Optional.of("It is VP9, as H.264 can't be: " + e.getMessage());
    }
  }

  /** When the first picture is shown, in the stream's time base. */
  long startPts() {
    return startPts;
  }

  long durationMicros() {
    return durationMicros;
  }

  List<SegmentJoin.Source> sources() {
    return pieces.stream()
        .<SegmentJoin.Source>map(piece -> () -> Files.newByteChannel(piece))
        .toList();
  }

  @Override
  public void close() {
    waiting.close();
    if (writer != null) {
      writer.close();
    }
  }

  private void encode() {
    try {
      if (writer == null) {
        Path piece = folder.resolve(pieces.size() + ".mp4");
        writer = SegmentWriter.create(piece, settings);
        pieces.add(piece);
      }
      writer.encode(waiting, waitingPts - startPts, lastDuration);
      pictures++;
      if (pictures % PICTURES == 0) {
        finishPiece();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void finishPiece() {
    if (writer == null) {
      return;
    }
    try {
      durationMicros += writer.finish().durationMicros();
      writer.close();
      writer = null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double frameSeconds(VideoStream stream) {
    return stream.frameRate().isKnown() ? 1 / stream.frameRate().toDouble() : FALLBACK_SECONDS;
  }
}
