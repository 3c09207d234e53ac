package io.zoetrope.media;

import static io.zoetrope.media.MediaException.Code.MEDIA_UNSUPPORTED;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that name other files and servers: whatever they are, nothing but themselves is read. */
class ReferencesTest {
  private static final String PLAYLIST =
      "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n%s\n#EXT-X-ENDLIST\n";
  private static final String MANIFEST =
      """
      <?xml version="1.0"?>
      <MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011"
        type="static" mediaPresentationDuration="PT10S"><Period><AdaptationSet mimeType="video/mp4">
      <Representation id="1" bandwidth="1" width="64" height="64"><BaseURL>%s</BaseURL><SegmentBase
      indexRange="0-1"/></Representation></AdaptationSet></Period></MPD>
      """;

  private static final String SESSION =
      """
      v=0
      o=- 0 0 IN IP4 127.0.0.1
      s=x
      c=IN IP4 127.0.0.1
      t=0 0
      m=video 5004 RTP/AVP 96
      a=rtpmap:96 H264/90000
      a=control:%s
      """;
  private static final String SUBTITLES =
      """
      # VobSub index file, v7 (do not modify this line!)
      # %s
      id: en, index: 0
      timestamp: 00:00:01:000, filepos: 000000000
      """;

  @TempDir Path folder;

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void shouldRefuseATextThatNamesOtherThings(String text) throws Exception {
    try (Bait bait = new Bait(folder)) {
      List<String> names =
          List.of(
              bait.file().toString(),
              "bait.ts",
              "file:" + bait.file(),
              "concat:" + bait.file(),
              "subfile,,start,0,end,9,,:" + bait.file(),
              "crypto:" + bait.file(),
              bait.url(),
              bait.url().replace("http", "tcp"));
      for (String name : names) {
        MediaException refusal = refusal(text.replace("%s", name).getBytes(ISO_8859_1));
        assertThat(refusal).as(name).isNotNull();
      }
      assertThat(bait.isTaken()).isFalse();
    }
  }

  static Stream<String> texts() {
    return Stream.of(
        PLAYLIST,
        "\u00ef\u00bb\u00bf" + PLAYLIST,
        "\n\n" + PLAYLIST,
        "junk".repeat(100) + "\n" + PLAYLIST,
        "ID3\4\0\0\0\0\0\n0123456789" + PLAYLIST,
        "G".repeat(188 * 8) + PLAYLIST,
        "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n%s\n",
        "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXT-X-MAP:URI=\"%s\"\n#EXTINF:1,\n%s\n",
        "#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI=\"%s\"\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n%s\n",
        "ffconcat version 1.0\nfile '%s'\n",
        "ffconcat version 1.0\nstream\nexact_stream_id 1\nfile %s\nduration 1\n",
        MANIFEST,
        SESSION,
        "[Reference]\r\nRef1=%s\r\n",
        "<asx version=\"3.0\"><entry><ref href=\"%s\"/></entry></asx>",
        "[InternetShortcut]\r\nURL=%s\r\n",
        "[playlist]\nFile1=%s\nNumberOfEntries=1\nVersion=2\n",
        SUBTITLES,
        "RTSPtext\n%s\n",
        ";FFMETADATA1\ntitle=%s\n",
        "<?xml version=\"1.0\"?><smil><body><video src=\"%s\"/></body></smil>");
  }

  @Test
  void shouldNotFollowTheDataReferencesOfAMovie() throws Exception {
    try (Bait bait = new Bait(folder)) {
      for (byte[] reference :
          List.of(
              Mp4Script.full("url ", 0, Mp4Script.text("file://" + bait.file() + "\0")),
              Mp4Script.full("url ", 0, Mp4Script.text(bait.url() + "\0")),
              Mp4Script.full("urn ", 0, Mp4Script.text("x\0" + bait.url() + "\0")),
              alias(bait.file()))) {
        byte[] movie =
            Mp4Script.file(
                List.of(Mp4Script.track(1, new Mp4Script.Table(5, 100, 700).withData(reference))),
                1000);
        refusal(movie);
        assertThat(bait.isTaken()).isFalse();
      }
    }
  }

  @Test
  void shouldNotFollowTheReferencesOfAReferenceMovie() throws Exception {
    try (Bait bait = new Bait(folder)) {
      byte[] url = Mp4Script.text(bait.url() + "\0");
      byte[] movie =
          Mp4Script.box(
              "moov",
              Mp4Script.box(
                  "rmra",
                  Mp4Script.box(
                      "rmda",
                      Mp4Script.full(
                          "rdrf", 0, Mp4Script.text("url "), Mp4Script.numbers(url.length), url))));
      assertThat(refusal(movie)).isNotNull();
      assertThat(bait.isTaken()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-frames:v 1 -f image2 x.jpg",
        "-frames:v 1 -f image2 x.png",
        "-frames:v 1 -f image2 x.bmp",
        "x.gif",
        "-c:v rawvideo -f nut x.nut",
        "-c:v mjpeg -f mpjpeg x.mpjpeg",
        "-c:v rawvideo x.y4m"
      })
  void shouldRefuseFormatsThatAreNotListed(String output) throws Exception {
    assertThat(refusal(encoded(output)).code()).isEqualTo(MEDIA_UNSUPPORTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cinepak x.avi", "smc x.mov", "rpza x.mov", "cljr x.avi", "snow x.avi"})
  void shouldRefuseCodecsThatAreNotListedByName(String output) throws Exception {
    MediaException refusal = refusal(encoded("-strict -2 -c:v " + output));
    assertThat(refusal.code()).isEqualTo(MEDIA_UNSUPPORTED);
    assertThat(refusal).hasMessageContaining("encoded as " + output.split(" ", 2)[0]);
  }

  /** That the bait is any good. */
  @Test
  void shouldNoticeAReaderThatFollowsReferences() throws Exception {
    Path list =
        Files.writeString(folder.resolve("film.mp4"), "ffconcat version 1.0\nfile 'bait.ts'\n");
    try (Bait bait = new Bait(folder)) {
      avutil.av_log_set_level(avutil.AV_LOG_QUIET);
      AVFormatContext context = new AVFormatContext(null);
      avformat.avformat_open_input(context, list.toString(), null, (AVDictionary) null);
      assertThat(bait.awaitTaken()).isTrue();
      avformat.avformat_close_input(context);
    }
  }

  /** A classic Mac OS alias, as FFmpeg reads it: a path from the root of the volume. */
  private static byte[] alias(Path file) {
    byte[] path = Mp4Script.text(file.toString());
    return Mp4Script.full(
        "alis",
        0,
        new byte[10],
        new byte[28],
        new byte[12],
        new byte[64],
        new byte[16],
        new byte[20],
        Mp4Script.numbers(2 << 16 | path.length),
        path,
        Mp4Script.numbers(-1));
  }

  private byte[] encoded(String output) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("-f", "lavfi", "-i", "testsrc2=size=64x64:duration=0.4"));
    arguments.addAll(List.of(output.split(" ")));
    EncoderProgram.bundled().orElseThrow().run(folder, arguments);
    return Files.readAllBytes(folder.resolve(output.substring(output.lastIndexOf(' ') + 1)));
  }

  private static MediaException refusal(byte[] content) {
    return catchThrowableOfType(
        MediaException.class,
        () -> {
          try (VideoCutter cutter =
              VideoCutter.open(new BytesChannel(content), "film.mp4", CutOptions.DEFAULT)) {
            cutter.forEachRemaining(batch -> {});
          }
        });
  }
}
