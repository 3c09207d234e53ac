package io.zoetrope.media;

import static io.zoetrope.media.MediaException.Code.MEDIA_NO_VIDEO;
import static io.zoetrope.media.MediaException.Code.MEDIA_PICTURE_TOO_LARGE;
import static io.zoetrope.media.MediaException.Code.MEDIA_TOO_LONG;
import static io.zoetrope.media.MediaException.Code.MEDIA_UNSUPPORTED;

import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/** One stream of moving pictures in an opened medium; the others are passed over. */
final class MediaInput implements AutoCloseable {
  // Packets may be compressed once more in Matroska, and shared by several frames in MP4.
  private static final int MOST_TIMES_THE_FILE = 8;
  private static final long SLACK_BYTES = 64L << 20;
  private static final Set<String> SPARSE_PTS_FORMATS = Set.of("mpeg", "mpegts");
  private static final Set<Integer> ONE_REORDERED_CODECS =
      Set.of(
          avcodec.AV_CODEC_ID_MPEG1VIDEO,
          avcodec.AV_CODEC_ID_MPEG2VIDEO,
          avcodec.AV_CODEC_ID_MPEG4);

  private final String name;
  private final Demuxer demuxer;
  private final AVStream stream;
  private final MediaLimits limits;
  private final CoveredTime covered;
  private long packetsRead;
  private long emptyPackets;
  private long bytesRead;
  private boolean cutOff;
  private boolean ended;
  private Optional<String> readError = Optional.empty();

  private MediaInput(Demuxer demuxer, String name, int wantedStream, MediaLimits limits) {
    this.name = name;
    this.limits = limits;
    this.demuxer = demuxer;
    stream = chooseStream(wantedStream);
    requireDecodable();
    requireShort();
    boolean jumps = (demuxer.context().iformat().flags() & avformat.AVFMT_TS_DISCONT) != 0;
    covered = new CoveredTime(stream.time_base(), limits.duration(), jumps);
    for (AVStream other : demuxer.streams()) {
      other.discard(
          other.index() == stream.index() ? avcodec.AVDISCARD_DEFAULT : avcodec.AVDISCARD_ALL);
    }
    completeTimestamps();
  }

  /** Opens the medium; {@code streamIndex} is -1 for the best stream. */
  static MediaInput open(
      SeekableByteChannel source, String name, int streamIndex, MediaLimits limits) {
    Demuxer demuxer = Demuxer.open(source, name, limits);
    try {
      return new MediaInput(demuxer, name, streamIndex, limits);
    } catch (RuntimeException e) {
      demuxer.close();
      throw e;
    }
  }

  AVFormatContext format() {
    return demuxer.context();
  }

  AVStream stream() {
    return stream;
  }

  String name() {
    return name;
  }

  /** When the first stream of the medium starts, in the time base of this one. */
  OptionalLong startPts() {
    long micros = demuxer.context().start_time();
    if (micros == VideoPacket.NO_TIMESTAMP) {
      return OptionalLong.empty();
    }
    Rational timeBase = new Rational(stream.time_base().num(), stream.time_base().den());
    long own = stream.start_time();
    // Where it is this stream that starts first, its own time isn't rounded.
    boolean first =
        own != VideoPacket.NO_TIMESTAMP
            && Rational.rescale(own, timeBase, Rational.MICROSECOND) == micros;
    return OptionalLong.of(first ? own : Rational.rescale(micros, Rational.MICROSECOND, timeBase));
  }

  /** Reads the stream's next packet that has data; false at the end. */
  boolean read(AVPacket packet) {
    while (!ended && demuxer.read(packet)) {
      if (packet.stream_index() == stream.index()) {
        packetsRead++;
        if (packet.size() > 0) {
          account(packet);
          return true;
        }
        emptyPackets++;
      }
      avcodec.av_packet_unref(packet);
    }
    if (!ended) {
      ended = true;
      readError = whyIncomplete();
    }
    return false;
  }

  /**
   * Goes to where the container's index has the keyframe before a time of the stream; the account
   * of what was read begins anew.
   *
   * @return whether the container could
   */
  boolean seek(long time) {
    ended = false;
    cutOff = false;
    packetsRead = 0;
    emptyPackets = 0;
    bytesRead = 0;
    readError = Optional.empty();
    return avformat.av_seek_frame(
            demuxer.context(), stream.index(), time, avformat.AVSEEK_FLAG_BACKWARD)
        >= 0;
  }

  private void account(AVPacket packet) {
    demuxer.progress();
    cutOff = (packet.flags() & avcodec.AV_PKT_FLAG_CORRUPT) != 0;
    covered.add(packet);
    bytesRead += packet.size();
    if (packet.size() > limits.packetBytes()) {
      avcodec.av_packet_unref(packet);
      throw demuxer.packetTooLarge();
    }
    if (covered.isExceeded()) {
      avcodec.av_packet_unref(packet);
      throw tooLong();
    }
    if (bytesRead > MOST_TIMES_THE_FILE * demuxer.fileBytes() + SLACK_BYTES) {
      ended = true;
      readError =
          Optional.of(
              "its %d packets so far are many times as large as the file".formatted(packetsRead));
    }
  }

  long packetsRead() {
    return packetsRead;
  }

  /** Those of the packets read that have no data. */
  long emptyPackets() {
    return emptyPackets;
  }

  /** Why reading ended before the end of the video; empty where it didn't. */
  Optional<String> readError() {
    return readError;
  }

  private Optional<String> whyIncomplete() {
    return demuxer
        .readError()
        .or(this::truncation)
        .or(() -> cutOff ? Optional.of("its last packet is incomplete") : Optional.empty())
        .or(demuxer::missingTail);
  }

  // FFmpeg calls it a plain end of file when a container is shorter than its own index.
  private Optional<String> truncation() {
    int indexed = avformat.avformat_index_get_entries_count(stream);
    return packetsRead < indexed
        ? Optional.of(
            "the file ends after %d of the %d packets in its index".formatted(packetsRead, indexed))
        : Optional.empty();
  }

  @Override
  public void close() {
    demuxer.close();
  }

  private AVStream chooseStream(int wanted) {
    List<AVStream> streams = demuxer.streams();
    if (wanted >= 0) {
      if (wanted < streams.size() && isMovingPicture(streams.get(wanted))) {
        return streams.get(wanted);
      }
      throw new MediaException(
          MEDIA_NO_VIDEO, name + " has no video stream " + wanted + "; choose another one.");
    }
    int best =
        avformat.av_find_best_stream(
            demuxer.context(), avutil.AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
    if (best >= 0 && isMovingPicture(streams.get(best))) {
      return streams.get(best);
    }
    return streams.stream()
        .filter(MediaInput::isMovingPicture)
        .findFirst()
        .orElseThrow(
            () ->
                new MediaException(
                    MEDIA_NO_VIDEO,
                    name + " has no moving pictures in it; give a file with a video stream."));
  }

  private static boolean isMovingPicture(AVStream stream) {
    int stills = avformat.AV_DISPOSITION_ATTACHED_PIC | avformat.AV_DISPOSITION_TIMED_THUMBNAILS;
    return stream.codecpar().codec_type() == avutil.AVMEDIA_TYPE_VIDEO
        && (stream.disposition() & stills) == 0;
  }

  private void requireDecodable() {
    AVCodecParameters parameters = stream.codecpar();
    if (AcceptedCodecs.decoder(parameters.codec_id()).isEmpty()) {
      throw new MediaException(
          MEDIA_UNSUPPORTED,
          name
              + " is encoded as "
              + avcodec.avcodec_get_name(parameters.codec_id()).getString()
              + ", which isn't accepted; convert it to H.264.");
    }
    long pixels = demuxer.largestPixels(stream);
    if (pixels > limits.picturePixels()) {
      throw new MediaException(
          MEDIA_PICTURE_TOO_LARGE,
          name
              + " has pictures of "
              + pixels / 1_000_000
              + " megapixels; scale it down, or raise media.limits.pixels.");
    }
    if (parameters.width() <= 0 || parameters.height() <= 0) {
      throw Demuxer.unreadable(name, "no picture in it can be decoded", null);
    }
  }

  /** By what the file says; estimates aren't believed, as reading tells. */
  private void requireShort() {
    AVFormatContext format = demuxer.context();
    if (format.duration_estimation_method() != avformat.AVFMT_DURATION_FROM_STREAM) {
      return;
    }
    AVRational timeBase = stream.time_base();
    double seconds =
        stream.duration() > 0
            ? (double) stream.duration() * timeBase.num() / timeBase.den()
            : format.duration() / (double) avutil.AV_TIME_BASE;
    if (seconds > limits.duration().toSeconds() + 1.0) {
      throw tooLong();
    }
  }

  private MediaException tooLong() {
    return new MediaException(
        MEDIA_TOO_LONG,
        "%s is longer than %d seconds; split it, or raise media.limits.duration."
            .formatted(name, limits.duration().toSeconds()));
  }

  /**
   * MPEG streams need not give every packet a pts. Where a picture is shown when the next reference
   * picture is decoded, FFmpeg fills the gaps from the dts.
   */
  private void completeTimestamps() {
    AVFormatContext format = demuxer.context();
    if (SPARSE_PTS_FORMATS.contains(format.iformat().name().getString())
        && ONE_REORDERED_CODECS.contains(stream.codecpar().codec_id())) {
      format.flags(format.flags() | AVFormatContext.AVFMT_FLAG_GENPTS);
    }
  }
}
