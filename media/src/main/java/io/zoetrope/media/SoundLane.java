package io.zoetrope.media;

import java.io.IOException;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Writes sound into a file beside its pictures, each packet before the first picture that is
 * decoded later. Owns what it reads into, neither the sound nor the file.
 */
final class SoundLane implements AutoCloseable {
  private final Optional<Sound> sound;
  private final Mp4Output output;
  private final Optional<AVStream> stream;
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final AVRational timeBase = new AVRational();
  private boolean waits;

  /** Adds a stream to the file if there is sound. */
  SoundLane(Optional<Sound> sound, Mp4Output output) {
    this.sound = sound;
    this.output = output;
    stream = sound.map(heard -> output.addStream(heard.timeBase()));
    sound.ifPresent(heard -> heard.describe(stream.orElseThrow()));
    sound.ifPresent(
        heard -> timeBase.num(heard.timeBase().numerator()).den(heard.timeBase().denominator()));
  }

  /** The file has begun. */
  void begin() {
    waits = sound.isPresent() && sound.get().read(packet);
  }

  /** Writes all that comes before a picture. */
  void writeUntil(long dts, AVRational pictureBase) throws IOException {
    while (waits && avutil.av_compare_ts(packet.dts(), timeBase, dts, pictureBase) <= 0) {
      write();
    }
  }

  /** No picture follows. */
  void writeRest() throws IOException {
    while (waits) {
      write();
    }
  }

  @Override
  public void close() {
    avcodec.av_packet_free(packet);
    timeBase.close();
  }

  private void write() throws IOException {
    output.write(packet, stream.orElseThrow(), timeBase);
    begin();
  }
}
