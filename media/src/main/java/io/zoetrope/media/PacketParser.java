package io.zoetrope.media;

import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParserContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * FFmpeg's parser for one codec, fed whole packets in order. Knows nothing of codecs that FFmpeg
 * has no parser for. Owns the native parser.
 */
final class PacketParser implements AutoCloseable {
  private static final ParsedPicture UNKNOWN =
      new ParsedPicture(
          ParsedPicture.Type.UNKNOWN, ParsedPicture.Structure.FRAME, CodedPicture.NO_ORDER_COUNT);

  private final AVCodecContext context;
  private final AVCodecParserContext parser;
  private final boolean countsOrder;
  private final PointerPointer<BytePointer> output = new PointerPointer<>(1);
  private final IntPointer outputSize = new IntPointer(1);

  /** {@code extradata} replaces the stream's own. */
  PacketParser(VideoStream stream, ByteBuffer extradata) {
    int codec = StreamParameters.codecId(stream);
    countsOrder = codec == avcodec.AV_CODEC_ID_H264 || codec == avcodec.AV_CODEC_ID_HEVC;
    context = StreamParameters.newContext(stream, null, extradata);
    parser = avcodec.av_parser_init(codec);
    if (parser != null) {
      parser.flags(parser.flags() | AVCodecParserContext.PARSER_FLAG_COMPLETE_FRAMES);
    }
  }

  ParsedPicture parse(AVPacket packet) {
    if (parser == null) {
      return UNKNOWN;
    }
    avcodec.av_parser_parse2(
        parser,
        context,
        output,
        outputSize,
        packet.data(),
        packet.size(),
        packet.pts(),
        packet.dts(),
        packet.pos());
    return new ParsedPicture(
        type(parser.pict_type()),
        structure(parser.picture_structure()),
        countsOrder ? parser.output_picture_number() : CodedPicture.NO_ORDER_COUNT);
  }

  @Override
  public void close() {
    if (parser != null) {
      avcodec.av_parser_close(parser);
    }
    avcodec.avcodec_free_context(context);
    output.close();
    outputSize.close();
  }

  private static ParsedPicture.Type type(int pictureType) {
    return switch (pictureType) {
      case avutil.AV_PICTURE_TYPE_I, avutil.AV_PICTURE_TYPE_SI -> ParsedPicture.Type.INTRA;
      case avutil.AV_PICTURE_TYPE_B -> ParsedPicture.Type.BIDIRECTIONAL;
      case avutil.AV_PICTURE_TYPE_P, avutil.AV_PICTURE_TYPE_SP, avutil.AV_PICTURE_TYPE_S ->
          ParsedPicture.Type.PREDICTED;
      default -> ParsedPicture.Type.UNKNOWN;
    };
  }

  private static ParsedPicture.Structure structure(int pictureStructure) {
    return switch (pictureStructure) {
      case avcodec.AV_PICTURE_STRUCTURE_TOP_FIELD -> ParsedPicture.Structure.TOP_FIELD;
      case avcodec.AV_PICTURE_STRUCTURE_BOTTOM_FIELD -> ParsedPicture.Structure.BOTTOM_FIELD;
      default -> ParsedPicture.Structure.FRAME;
    };
  }
}
