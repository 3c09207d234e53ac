package io.zoetrope.media;

import static io.zoetrope.media.MediaException.Code.MEDIA_NO_VIDEO;
import static io.zoetrope.media.MediaException.Code.MEDIA_PICTURE_TOO_LARGE;
import static io.zoetrope.media.MediaException.Code.MEDIA_UNREADABLE;
import static io.zoetrope.media.MediaException.Code.MEDIA_UNRECOGNISED;
import static io.zoetrope.media.MediaException.Code.MEDIA_UNSUPPORTED;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UntrustedMediaTest {
  @TempDir Path folder;

  @Test
  void shouldRefuseAPlaylistInDisguiseWithoutConnectingAnywhere() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + server.getLocalPort() + "/segment.ts";
      String playlist =
          "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n"
              + url
              + "\n#EXT-X-ENDLIST\n";

      assertRefused(playlist.getBytes(US_ASCII), MEDIA_UNRECOGNISED);

      server.setSoTimeout(200);
      assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void shouldRefuseAListOfOtherFiles() throws Exception {
    Path other = SharedMedia.file("rotated-90.mov");
    assertRefused(
        ("ffconcat version 1.0\nfile '" + other + "'\n").getBytes(US_ASCII), MEDIA_UNSUPPORTED);
  }

  @Test
  void shouldRefuseWhatIsNoMedium() throws Exception {
    assertRefused("I am not a video.\n".getBytes(US_ASCII), MEDIA_UNRECOGNISED);
    assertRefused(new byte[0], MEDIA_UNRECOGNISED);
    byte[] noise = new byte[100_000];
    new Random(7).nextBytes(noise);
    assertRefused(noise, MEDIA_UNRECOGNISED);
  }

  @Test
  void shouldRefuseAudioAlone() throws Exception {
    Path audio = folder.resolve("audio.mp4");
    Remux.streams(SharedMedia.file("nasa_13013.mp4"), audio, "mp4", Remux.AUDIO);
    assertRefused(Files.readAllBytes(audio), MEDIA_NO_VIDEO);
  }

  @Test
  void shouldNotTakeCoverArtForAVideo() throws Exception {
    Path cover = folder.resolve("cover.mp4");
    JpegMedia.coverArt(cover);
    assertRefused(Files.readAllBytes(cover), MEDIA_NO_VIDEO);
  }

  @Test
  void shouldRefuseAFileWhoseIndexIsMissing() throws Exception {
    byte[] whole = Files.readAllBytes(SharedMedia.file("h264_10bits.mp4"));
    assertRefused(Arrays.copyOf(whole, 3000), MEDIA_UNREADABLE);
  }

  @Test
  void shouldRefusePicturesOfUnreasonableSize() throws Exception {
    Path large = folder.resolve("large.mp4");
    JpegMedia.video(large, 15_000);
    assertRefused(Files.readAllBytes(large), MEDIA_PICTURE_TOO_LARGE);

    Path small = folder.resolve("small.mp4");
    JpegMedia.video(small, 16);
    open(Files.readAllBytes(small));
  }

  @Test
  void shouldReportAChannelThatFails() throws Exception {
    byte[] bytes = Files.readAllBytes(SharedMedia.file("car-detection.mp4"));
    try (SeekableByteChannel broken =
        new BytesChannel(bytes) {
          @Override
          public int read(ByteBuffer target) throws IOException {
            if (position() > 1_500_000) {
              throw new IOException("disk on fire");
            }
            return super.read(target);
          }
        }) {
      assertThatThrownBy(
              () -> {
                try (VideoCutter cutter = VideoCutter.open(broken, "x.mp4", CutOptions.DEFAULT)) {
                  cutter.forEachRemaining(batch -> {});
                }
              })
          .isInstanceOf(MediaException.class)
          .hasMessageContaining("disk on fire")
          .extracting("code")
          .isEqualTo(MEDIA_UNREADABLE);
    }
  }

  private static void assertRefused(byte[] content, MediaException.Code code) {
    assertThatThrownBy(() -> open(content))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("holiday.mp4")
        .extracting("code")
        .isEqualTo(code);
  }

  private static void open(byte[] content) {
    VideoCutter.open(new BytesChannel(content), "holiday.mp4", CutOptions.DEFAULT).close();
  }
}
