package io.zoetrope.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.File;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.junit.jupiter.api.Test;

/** What ships and what is tested is the LGPL build; the build refuses the other as a dependency. */
class LicenceTest {
  @Test
  void shouldRunTheLgplBuild() {
    assertThat(avcodec.avcodec_license().getString()).startsWith("LGPL");
    assertThat(avformat.avformat_license().getString()).startsWith("LGPL");
    assertThat(avutil.avutil_license().getString()).startsWith("LGPL");
    assertThat(swscale.swscale_license().getString()).startsWith("LGPL");
    assertThat(avcodec.avcodec_find_encoder_by_name("libx264")).isNull();
    assertThatCode(FfmpegLicence::requireLgpl).doesNotThrowAnyException();
  }

  @Test
  void shouldHaveNoGplNativesOnItsClassPath() {
    assertThat(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .anyMatch(entry -> entry.contains("ffmpeg"))
        .noneMatch(entry -> entry.contains("-gpl"));
  }
}
