package io.zoetrope.media;

import org.bytedeco.ffmpeg.global.avcodec;

/**
 * Which FFmpeg build was loaded: with the GPL natives on the class path it may be the wrong one.
 */
public final class FfmpegLicence {
  private FfmpegLicence() {}

  /**
   * Asks the native library itself.
   *
   * @throws IllegalStateException unless what was loaded is the LGPL build
   */
  public static void requireLgpl() {
    String licence = avcodec.avcodec_license().getString();
    if (!licence.startsWith("LGPL")) {
      throw new IllegalStateException(
          "FFmpeg's natives are under "
              + licence
              + "; start the JVM with -Dorg.bytedeco.javacpp.platform.extension=");
    }
  }
}
