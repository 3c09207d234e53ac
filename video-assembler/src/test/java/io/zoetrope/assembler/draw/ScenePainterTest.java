package io.zoetrope.assembler.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ScenePainterTest {
  private static final Look PLAIN = new Look(ColourBy.LABEL, false, Concealment.NOTHING);
  private static final Look CAPTIONED = new Look(ColourBy.LABEL, true, Concealment.NOTHING);
  private static final Scene EMPTY = new Scene(Optional.empty(), List.of(), List.of());

  @Test
  void shouldDrawABoxWhereItIsInTheColourOfItsLabel() {
    TestPicture picture = TestPicture.of(320, 180, 60);
    Tone orange = picture.canvas().colours().tone(Palette.ink(0).colour());

    new ScenePainter(320, 180, PLAIN).paint(picture.canvas(), scene(subject(0, 100, 50, 80, 60)));

    assertThat(picture.luma(140, 50)).isEqualTo(orange.luma());
    assertThat(picture.luma(140, 109)).isBetween(100, orange.luma());
    assertThat(picture.luma(100, 80)).isEqualTo(orange.luma());
    assertThat(picture.luma(179, 80)).isBetween(100, orange.luma());
    assertThat(picture.cr(140, 50)).isGreaterThan(140);
    assertThat(picture.luma(140, 80)).isEqualTo(60);
    assertThat(picture.luma(140, 40)).isEqualTo(60);
    assertThat(picture.luma(90, 80)).isEqualTo(60);
  }

  @Test
  void shouldLeaveAPictureAloneInWhichNothingIs() {
    TestPicture picture = TestPicture.textured(320, 180, 1);

    new ScenePainter(320, 180, CAPTIONED).paint(picture.canvas(), EMPTY);

    assertThat(picture.digest()).isEqualTo(TestPicture.textured(320, 180, 1).digest());
  }

  /**
   * The bytes as they are on every machine; they change with what is drawn, and with nothing else.
   */
  @ParameterizedTest
  @CsvSource({
    "NOTHING, 27537a5dbebaa65c38210833c91e616b5bdbcbc708519224c83f72dfc8c5da62",
    "BLUR, 604f6c0d5edcfc2f80a3e742fd6fda1703d1395197e9af0800183aebb557db32",
    "PIXELATE, 67bc1a4bec0f6d9fb4ea7244fcc75120cd6f0cc3fb019bb33436812f4f0d335d"
  })
  void shouldDrawTheSameBytesEverywhere(Concealment concealment, String digest) {
    TestPicture picture = TestPicture.textured(320, 180, 1);
    Look look = new Look(ColourBy.TRACK, true, concealment);

    new ScenePainter(320, 180, look).paint(picture.canvas(), everything());

    assertThat(picture.digest()).isEqualTo(digest);
  }

  @Test
  void shouldRememberNothingOfThePictureBefore() {
    Look look = new Look(ColourBy.TRACK, true, Concealment.BLUR);
    ScenePainter used = new ScenePainter(320, 180, look);
    used.paint(TestPicture.textured(320, 180, 9).canvas(), everything());
    used.paint(TestPicture.textured(320, 180, 9).canvas(), failed("BATCH_LOST"));
    TestPicture one = TestPicture.textured(320, 180, 1);
    TestPicture other = TestPicture.textured(320, 180, 1);

    used.paint(one.canvas(), everything());
    new ScenePainter(320, 180, look).paint(other.canvas(), everything());

    assertThat(one.digest()).isEqualTo(other.digest());
  }

  @Test
  void shouldKeepItsHandsOffTheBytesBesideThePicture() {
    TestPicture picture = TestPicture.textured(322, 182, 1);
    TestPicture before = TestPicture.textured(322, 182, 1);

    new ScenePainter(322, 182, CAPTIONED).paint(picture.canvas(), everything());
    new ScenePainter(322, 182, CAPTIONED).paint(picture.canvas(), failed("BATCH_LOST"));

    Canvas canvas = picture.canvas();
    for (int y = 0; y < 182; y++) {
      for (int x = 322; x < canvas.lumaStride(); x++) {
        int at = y * canvas.lumaStride() + x;
        assertThat(canvas.luma().get(at)).isEqualTo(before.canvas().luma().get(at));
      }
    }
  }

  @Test
  void shouldConcealWithoutOutlining() {
    TestPicture picture = TestPicture.textured(320, 180, 1);
    Subject hidden =
        new Subject("face", 3, 0.2f, 0, new Box(100, 50, 60, 60), List.of(), false, true);

    new ScenePainter(320, 180, new Look(ColourBy.LABEL, true, Concealment.PIXELATE))
        .paint(picture.canvas(), scene(hidden));

    Set<Tone> tones = new HashSet<>();
    for (int y = 50; y < 110; y++) {
      for (int x = 100; x < 160; x++) {
        tones.add(picture.tone(x, y));
      }
    }
    assertThat(tones).hasSizeLessThanOrEqualTo(36);
  }

  @ParameterizedTest
  @EnumSource(names = {"BLUR", "PIXELATE"})
  void shouldConcealAllOfAPictureAboutWhichNothingIsKnown(Concealment concealment) {
    TestPicture one = TestPicture.of(320, 180, 90);
    TestPicture other = TestPicture.of(320, 180, 90);
    for (int at = 0; at < other.canvas().luma().capacity(); at++) {
      other.canvas().luma().put(at, (byte) (at % 2 == 0 ? 30 : 150));
    }
    ScenePainter painter = new ScenePainter(320, 180, new Look(ColourBy.LABEL, true, concealment));

    painter.paint(one.canvas(), failed("FRAME_UNDECODABLE"));
    painter.paint(other.canvas(), failed("FRAME_UNDECODABLE"));

    for (int y = 0; y < 180; y++) {
      for (int x = 0; x < 320; x++) {
        assertThat(other.luma(x, y)).isEqualTo(one.luma(x, y));
      }
    }
  }

  @Test
  void shouldMarkAFailureSoThatNobodyMissesIt() {
    TestPicture picture = TestPicture.of(640, 360, 160);
    Tone amber = picture.canvas().colours().tone(Colour.of(0xFFB400));

    new ScenePainter(640, 360, PLAIN).paint(picture.canvas(), failed("BATCH_LOST"));

    int signal = 0;
    for (int y = 0; y < 360; y++) {
      for (int x = 0; x < 640; x++) {
        signal += picture.tone(x, y).equals(amber) ? 1 : 0;
      }
    }
    assertThat(signal).isGreaterThan(640 * 360 / 200);
    assertThat(picture.luma(60, 60)).isBetween(80, 110);
  }

  @Test
  void shouldDrawInTheColoursOfThePicturesMatrixAndRange() {
    TestPicture picture = TestPicture.of(320, 180, 60, Colours.of("smpte170m", true));

    new ScenePainter(320, 180, PLAIN).paint(picture.canvas(), scene(subject(0, 100, 50, 80, 60)));

    assertThat(picture.luma(140, 50)).isEqualTo(162);
  }

  @ParameterizedTest(name = "{0}x{1}")
  @CsvSource({"2, 2", "2, 400", "64, 2", "16, 16", "98, 54", "130, 1000", "4096, 8"})
  void shouldDrawOnPicturesOfAnySize(int width, int height) {
    TestPicture picture = TestPicture.textured(width, height, 4);
    Look look = new Look(ColourBy.TRACK, true, Concealment.BLUR);

    new ScenePainter(width, height, look).paint(picture.canvas(), everything());
    new ScenePainter(width, height, look).paint(picture.canvas(), failed("BATCH_LOST"));

    assertThat(picture.digest()).isNotEqualTo(TestPicture.textured(width, height, 4).digest());
  }

  @Test
  void shouldDrawWhateverBoxesAndPlacesThereAre() {
    long seed = new Random().nextLong();
    System.out.println("ScenePainterTest seed " + seed);
    Random random = new Random(seed);
    ScenePainter painter =
        new ScenePainter(160, 90, new Look(ColourBy.TRACK, true, Concealment.PIXELATE));
    TestPicture picture = TestPicture.textured(160, 90, 4);
    float[] odd = {0, -1, 1e9f, -1e9f, Float.NaN, Float.POSITIVE_INFINITY, 159.5f, 1e-6f, 80, 45};
    for (int round = 0; round < 2000; round++) {
      List<Place> places = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        places.add(new Place(odd(odd, random), odd(odd, random)));
      }
      Box box = new Box(odd(odd, random), odd(odd, random), odd(odd, random), odd(odd, random));
      Subject subject =
          new Subject("x", random.nextInt(), Float.NaN, random.nextInt(), box, places, true, true);

      painter.paint(
          picture.canvas(),
          new Scene(Optional.empty(), List.of(subject), List.of(new ZoneMark("z", places, -1, 3))));
    }
  }

  @Test
  void shouldRefuseACanvasOfAnotherSize() {
    Canvas canvas = TestPicture.of(322, 180, 0).canvas();
    ScenePainter painter = new ScenePainter(320, 180, PLAIN);

    assertThatThrownBy(() -> painter.paint(canvas, EMPTY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a painter of 320x180 pixels can't paint 322x180");
  }

  private static float odd(float[] values, Random random) {
    return values[random.nextInt(values.length)];
  }

  private static Scene scene(Subject... subjects) {
    return new Scene(Optional.empty(), List.of(subjects), List.of());
  }

  private static Scene failed(String code) {
    return new Scene(Optional.of(code), List.of(), List.of());
  }

  private static Subject subject(int classId, float x, float y, float width, float height) {
    return new Subject(
        "person", classId, 0.87f, 0, new Box(x, y, width, height), List.of(), true, false);
  }

  static Scene everything() {
    List<Subject> subjects = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Box box = new Box(i * 37 % 290, i * 53 % 150, 10 + i * 7 % 60, 12 + i * 11 % 70);
      List<Place> trail = new ArrayList<>();
      for (int at = 0; at < 20; at++) {
        trail.add(new Place(box.x() + at * 2, box.y() + at * at / 9f));
      }
      subjects.add(
          new Subject(
              i % 5 == 0 ? "Straßenbahn" : "car", i, i / 30f, i, box, trail, true, i % 3 == 0));
    }
    List<Place> corners =
        List.of(new Place(40, 30), new Place(250, 20), new Place(300, 170), new Place(30, 140));
    return new Scene(Optional.empty(), subjects, List.of(new ZoneMark("Gate", corners, 3, 17)));
  }
}
