package io.zoetrope.benchmarks;

import io.zoetrope.media.CutOptions;
import io.zoetrope.media.DecodedFrame;
import io.zoetrope.media.EncoderSettings;
import io.zoetrope.media.Picture;
import io.zoetrope.media.PictureConverter;
import io.zoetrope.media.PictureFormat;
import io.zoetrope.media.Preset;
import io.zoetrope.media.Rational;
import io.zoetrope.media.SegmentWriter;
import io.zoetrope.media.VideoCodec;
import io.zoetrope.media.VideoCutter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Decoding a video and encoding it again, in one go and with nothing drawn on it. */
final class PlainTranscode {
  private PlainTranscode() {}

  /** Writes the file, and gives the number of frames in it. */
  static long run(Path video, Path target, Preset preset) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(video);
        VideoCutter cutter = VideoCutter.open(channel, video.toString(), CutOptions.DEFAULT);
        AnyDecoder decoder = new AnyDecoder(video, cutter.stream(), CutOptions.DEFAULT)) {
      PictureFormat format = PictureFormat.of(cutter.stream());
      Rational timeBase = cutter.stream().timeBase();
      EncoderSettings settings =
          new EncoderSettings(
              VideoCodec.H264, preset, format, timeBase, cutter.stream().frameRate());
      try (PictureConverter converter = new PictureConverter(format);
          Picture picture = Picture.allocate(format);
          SegmentWriter writer = SegmentWriter.create(target, settings)) {
        long startPts = cutter.startPts();
        while (cutter.hasNext()) {
          decoder.decode(
              cutter.next(), frame -> encode(frame, converter, picture, writer, startPts));
        }
        return writer.finish().pictures();
      }
    }
  }

  private static void encode(
      DecodedFrame frame,
      PictureConverter converter,
      Picture picture,
      SegmentWriter writer,
      long startPts) {
    try (DecodedFrame shown = frame) {
      converter.convert(shown, picture);
      writer.encode(picture, shown.pts() - startPts, 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
