package io.zoetrope.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes into files, read by the JDK's own readers where it has them. */
class StillEncoderTest {
  private static final int WIDTH = 160;
  private static final int HEIGHT = 96;
  private static final int RED = 0xff0000;
  private static final int BLUE = 0x0000ff;

  /** Luma, Cb and Cr of red and blue, by the equations of BT.601 and BT.709. */
  @ParameterizedTest
  @CsvSource({
    "bt709, false, 63, 102, 240, 32, 240, 118",
    "bt709, true, 54, 99, 255, 18, 255, 116",
    "smpte170m, false, 81, 90, 240, 41, 240, 110",
    "unknown, false, 81, 90, 240, 41, 240, 110"
  })
  void shouldKnowTheColoursOfEveryMatrix(
      String matrix, boolean fullRange, int y0, int u0, int v0, int y1, int u1, int v1) {
    try (Picture picture = halves(matrix, fullRange, y0, u0, v0, y1, u1, v1);
        RgbPicture rgb = new RgbPicture(WIDTH, HEIGHT)) {
      PictureArea all = PictureArea.all(picture.format());
      rgb.draw(picture, all, all);
      assertNear(rgb.rgb(20, 48), RED);
      assertNear(rgb.rgb(140, 48), BLUE);
    }
  }

  @Test
  void shouldDrawPartOfAPictureWhereItIsToldTo() {
    try (Picture picture = redAndBlue();
        RgbPicture rgb = new RgbPicture(101, 57)) {
      rgb.draw(picture, new PictureArea(41, 3, 79, 61), new PictureArea(50, 20, 41, 31));
      assertThat(rgb.rgb(49, 30)).isZero();
      assertThat(rgb.rgb(91, 30)).isZero();
      assertThat(rgb.rgb(60, 19)).isZero();
      assertThat(rgb.rgb(60, 51)).isZero();
      assertNear(rgb.rgb(52, 22), RED);
      assertNear(rgb.rgb(88, 48), BLUE);
    }
  }

  @Test
  void shouldRefuseWhatIsNotThere() {
    try (Picture picture = redAndBlue();
        RgbPicture rgb = new RgbPicture(50, 50)) {
      PictureArea whole = new PictureArea(0, 0, 50, 50);
      assertThatThrownBy(() -> rgb.draw(picture, new PictureArea(150, 0, 20, 20), whole))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> rgb.draw(picture, whole, new PictureArea(10, 0, 50, 50)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = StillEncoder.Format.class,
      names = {"JPEG", "PNG"})
  void shouldMakeFilesThatOthersRead(StillEncoder.Format format) throws IOException {
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(encode(format)));
    assertThat(read.getWidth()).isEqualTo(81);
    assertThat(read.getHeight()).isEqualTo(49);
    assertNear(read.getRGB(10, 25), RED);
    assertNear(read.getRGB(70, 25), BLUE);
  }

  @Test
  void shouldMakeWebpFiles() {
    byte[] file = encode(StillEncoder.Format.WEBP);
    assertThat(new String(file, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("RIFF");
    assertThat(new String(file, 8, 8, StandardCharsets.US_ASCII)).isEqualTo("WEBPVP8 ");
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(bytes.getInt(4)).isEqualTo(file.length - 8);
    assertThat(bytes.getShort(26) & 0x3fff).isEqualTo(81);
    assertThat(bytes.getShort(28) & 0x3fff).isEqualTo(49);
  }

  @ParameterizedTest
  @EnumSource(StillEncoder.Format.class)
  void shouldMakeTheSameBytesEveryTime(StillEncoder.Format format) {
    assertThat(encode(format)).isEqualTo(encode(format));
  }

  @Test
  void shouldAnimatePicturesOverTheirTime() {
    byte[] file;
    try (Picture picture = redAndBlue();
        RgbPicture rgb = new RgbPicture(80, 48);
        AnimationEncoder animation = new AnimationEncoder(80, 48, 300)) {
      PictureArea place = new PictureArea(0, 0, 80, 48);
      rgb.draw(picture, new PictureArea(0, 0, 80, 96), place);
      animation.add(rgb);
      rgb.draw(picture, new PictureArea(80, 0, 80, 96), place);
      animation.add(rgb);
      file = animation.finish();
    }
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int first = indexOf(file, "ANMF", 0);
    int second = indexOf(file, "ANMF", first + 4);
    assertThat(bytes.getInt(first + 8 + 12) & 0xffffff).isEqualTo(300);
    assertThat(bytes.getInt(second + 8 + 12) & 0xffffff).isEqualTo(300);
    // Over and over.
    assertThat(bytes.getShort(indexOf(file, "ANIM", 0) + 12)).isZero();
  }

  private static byte[] encode(StillEncoder.Format format) {
    try (Picture picture = redAndBlue();
        RgbPicture rgb = new RgbPicture(81, 49)) {
      rgb.draw(picture, PictureArea.all(picture.format()), new PictureArea(0, 0, 81, 49));
      return StillEncoder.encode(rgb, format);
    }
  }

  private static Picture redAndBlue() {
    return halves("bt709", false, 63, 102, 240, 32, 240, 118);
  }

  private static Picture halves(
      String matrix, boolean fullRange, int y0, int u0, int v0, int y1, int u1, int v1) {
    Picture picture =
        Picture.allocate(
            new PictureFormat(
                WIDTH, HEIGHT, Rational.UNKNOWN, matrix, "unknown", "unknown", fullRange));
    int[] left = {y0, u0, v0};
    int[] right = {y1, u1, v1};
    for (int plane = 0; plane < 3; plane++) {
      int width = plane == 0 ? WIDTH : WIDTH / 2;
      ByteBuffer bytes = picture.plane(plane);
      for (int y = 0; y < (plane == 0 ? HEIGHT : HEIGHT / 2); y++) {
        for (int x = 0; x < width; x++) {
          int value = x < width / 2 ? left[plane] : right[plane];
          bytes.put(y * picture.stride(plane) + x, (byte) value);
        }
      }
    }
    return picture;
  }

  private static int indexOf(byte[] file, String name, int from) {
    return new String(file, StandardCharsets.ISO_8859_1).indexOf(name, from);
  }

  private static void assertNear(int actual, int expected) {
    for (int shift = 0; shift < 24; shift += 8) {
      assertThat(actual >> shift & 0xff)
          .as("%06x", actual & 0xffffff)
          .isCloseTo(expected >> shift & 0xff, within(4));
    }
  }
}
