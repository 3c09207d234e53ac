package io.zoetrope.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SceneTest {
  /** Frames 0, 40 and 70 of three seeds; 70 lies in the fade from one backdrop to the next. */
  private static final String GOLDEN =
      "f3b0d478da524576cafd499f7b952caa6833841f900a407d4f1fcb8db315bef2";

  @Test
  void shouldDrawTheSameBitsOnEveryJdkAndMachine() throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (long seed = 1; seed <= 3; seed++) {
      Scene scene = new Scene(seed);
      for (int index : new int[] {0, 40, 70}) {
        SceneFrame frame = scene.frame(index);
        digest.update(frame.rgb());
        digest.update(frame.truth().toJson().getBytes(StandardCharsets.UTF_8));
      }
    }

    assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(GOLDEN);
  }

  @Test
  void shouldDrawAFrameTheSameWhateverWasDrawnBefore() {
    Scene scene = new Scene(11);
    scene.frame(3);
    scene.frame(90);

    assertThat(scene.frame(72)).isEqualTo(new Scene(11).frame(72));
  }

  @Test
  void shouldKeepEveryBoxInsideThePicture() {
    Box picture = new Box(0, 0, Scene.WIDTH, Scene.HEIGHT);
    Scene scene = new Scene(5);
    for (int index = 0; index < 500; index += 50) {
      assertThat(scene.frame(index).truth().objects())
          .isNotEmpty()
          .allSatisfy(
              object -> {
                assertThat(object.box().intersection(picture)).isEqualTo(object.box());
                assertThat(object.visible()).isBetween(0.0, 1.0);
              });
    }
  }

  @Test
  void shouldShowEveryClassWithinAFewScenes() {
    Set<ShapeClass> seen = new LinkedHashSet<>();
    for (long seed = 0; seed < 4; seed++) {
      new Scene(seed).frame(0).truth().objects().forEach(object -> seen.add(object.shape()));
    }

    assertThat(seen).containsExactlyInAnyOrder(ShapeClass.values());
  }

  @Test
  void shouldTellTimesInMicroseconds() {
    assertThat(new Scene(1).frame(33).truth().ptsMicros()).isEqualTo(1_320_000);
  }
}
