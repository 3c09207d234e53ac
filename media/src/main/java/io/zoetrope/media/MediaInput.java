package io.zoetrope.media;

import static io.zoetrope.media.MediaException.Code.MEDIA_NO_VIDEO;
import static io.zoetrope.media.MediaException.Code.MEDIA_PICTURE_TOO_LARGE;
import static io.zoetrope.media.MediaException.Code.MEDIA_UNSUPPORTED;

import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/** One stream of moving pictures in an opened medium; the others are passed over. */
final class MediaInput implements AutoCloseable {
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
  private long packetsRead;
  private long emptyPackets;

  private MediaInput(Demuxer demuxer, String name, int wantedStream, MediaLimits limits) {
    this.name = name;
    this.limits = limits;
    this.demuxer = demuxer;
    stream = chooseStream(wantedStream);
    requireDecodable();
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

  /** Reads the stream's next packet that has data; false at the end. */
  boolean read(AVPacket packet) {
    while (demuxer.read(packet)) {
      if (packet.stream_index() == stream.index()) {
        packetsRead++;
        if (packet.size() > 0) {
          return true;
        }
        emptyPackets++;
      }
      avcodec.av_packet_unref(packet);
    }
    return false;
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
    return demuxer.readError().or(this::truncation);
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
    if (avcodec.avcodec_find_decoder(parameters.codec_id()) == null) {
      throw new MediaException(
          MEDIA_UNSUPPORTED,
          name
              + " is encoded as "
              + avcodec.avcodec_get_name(parameters.codec_id()).getString()
              + ", for which there is no decoder; convert it to H.264.");
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
