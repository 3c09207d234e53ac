package io.zoetrope.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.zoetrope.events.ColourBy;
import io.zoetrope.events.Concealment;
import io.zoetrope.events.Point;
import io.zoetrope.events.RenderCodec;
import io.zoetrope.events.RenderEncoding;
import io.zoetrope.events.RenderPreset;
import io.zoetrope.events.RenderRequested;
import io.zoetrope.events.RenderStyle;
import io.zoetrope.events.SplitOptions;
import io.zoetrope.events.WantedRender;
import io.zoetrope.events.Zone;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RenderWishesTest {
  private static final List<Point> TRIANGLE =
      List.of(new Point(0f, 0f), new Point(0f, 1f), new Point(1f, 0f));
  private static final SplitOptions SPLIT = new SplitOptions(-1, 0, 2, null, false);

  private final RenderWishes wishes =
      new RenderWishes(
          ModelChoice.of(
              List.of("m"), new ModelLabels(Map.of("m", List.of("car", "person", "bus")))));

  @Test
  void shouldFillInEveryDefault() {
    RenderStyle style =
        new RenderStyle(
            List.of(),
            0f,
            ColourBy.LABEL,
            true,
            true,
            0L,
            Concealment.NOTHING,
            List.of(),
            List.of());
    RenderEncoding encoding =
        new RenderEncoding(RenderCodec.H264, RenderPreset.BALANCED, true, null);

    assertThat(request(new WantedRender()))
        .isEqualTo(
            new RenderRequested(
                "v",
                Identities.renderId("r", style, encoding, Identities.RENDERER),
                "r",
                "file:/v",
                SPLIT,
                style,
                encoding,
                Identities.RENDERER));
  }

  @Test
  void shouldTakeEqualWishesForOneRender() {
    WantedRender wanted = new WantedRender();
    wanted.setLabels(List.of("person", "car", "person"));
    wanted.setMinConfidence(-0f);
    wanted.setZones(List.of(new Zone("gate", TRIANGLE)));
    WantedRender other = new WantedRender();
    other.setLabels(List.of("car", "person"));
    other.setCodec(RenderCodec.H264);
    List<Point> turned = new ArrayList<>(TRIANGLE);
    Collections.rotate(turned, 1);
    Collections.reverse(turned);
    other.setZones(List.of(new Zone("gate", turned)));

    assertThat(request(wanted)).isEqualTo(request(other));
    other.setAudio(false);
    assertThat(request(wanted).getRenderId()).isNotEqualTo(request(other).getRenderId());
  }

  @Test
  void shouldTakeHardwareEncodersOfTheCodec() {
    WantedRender wanted = new WantedRender();
    wanted.setEncoderName("h264_nvenc");
    assertThat(request(wanted).getEncoding().getEncoderName()).isEqualTo("h264_nvenc");
    assertThat(request(wanted).getRenderId())
        .isNotEqualTo(request(new WantedRender()).getRenderId());

    for (String other : List.of("av1_nvenc", "libx264", "h264_", "")) {
      wanted.setEncoderName(other);
      assertThat(code(wanted)).isEqualTo("OPTION_INVALID");
    }
  }

  @Test
  void shouldRefuseWhatContradictsItself() {
    WantedRender untracked = new WantedRender();
    untracked.setTracks(false);
    untracked.setColours(ColourBy.TRACK);
    assertThat(code(untracked)).isEqualTo("OPTION_INVALID");

    WantedRender trailing = new WantedRender();
    trailing.setTracks(false);
    trailing.setTrailMicros(1L);
    assertThat(code(trailing)).isEqualTo("OPTION_INVALID");

    WantedRender unconcealed = new WantedRender();
    unconcealed.setConcealed(List.of("person"));
    assertThat(code(unconcealed)).isEqualTo("OPTION_INVALID");
  }

  @Test
  void shouldRefuseNumbersOutOfRange() {
    for (float confidence : new float[] {-0.1f, 1.1f, Float.NaN}) {
      WantedRender wanted = new WantedRender();
      wanted.setMinConfidence(confidence);
      assertThat(code(wanted)).isEqualTo("OPTION_INVALID");
    }
    for (long trail : new long[] {-1, 60_000_001}) {
      WantedRender wanted = new WantedRender();
      wanted.setTrailMicros(trail);
      assertThat(code(wanted)).isEqualTo("OPTION_INVALID");
    }
  }

  @Test
  void shouldRefuseZonesThatAreNone() {
    assertThat(zones(new Zone("gate", TRIANGLE.subList(0, 2)))).isEqualTo("OPTION_INVALID");
    assertThat(zones(new Zone(" ", TRIANGLE))).isEqualTo("OPTION_INVALID");
    assertThat(zones(new Zone("gate", TRIANGLE), new Zone("gate", TRIANGLE)))
        .isEqualTo("OPTION_INVALID");
    assertThat(zones(Collections.nCopies(33, new Zone("gate", TRIANGLE)).toArray(Zone[]::new)))
        .isEqualTo("OPTION_INVALID");
  }

  @Test
  void shouldKeepTheWholePictureAsAZone() {
    WantedRender wanted = new WantedRender();
    wanted.setZones(
        List.of(
            new Zone(
                "all",
                List.of(
                    new Point(1f, 1f), new Point(1f, 0f), new Point(0f, 0f), new Point(0f, 1f)))));

    assertThat(request(wanted).getStyle().getZones().get(0).getCorners()).hasSize(4);
  }

  @Test
  void shouldRefuseLabelsThatTheModelDoesNotHave() {
    WantedRender drawn = new WantedRender();
    drawn.setLabels(List.of("carr"));
    assertThat(code(drawn)).isEqualTo("LABEL_UNKNOWN");

    WantedRender concealed = new WantedRender();
    concealed.setConceal(Concealment.BLUR);
    concealed.setConcealed(List.of("persons"));
    assertThat(code(concealed)).isEqualTo("LABEL_UNKNOWN");
  }

  @Test
  void shouldTakeAnyLabelOfAModelThatIsNotKnown() {
    WantedRender wanted = new WantedRender();
    wanted.setLabels(List.of("anything"));

    assertThat(wishes.request("v", "r", "other", "file:/v", SPLIT, wanted).getStyle().getLabels())
        .containsExactly("anything");
  }

  private String zones(Zone... zones) {
    WantedRender wanted = new WantedRender();
    wanted.setZones(List.of(zones));
    return code(wanted);
  }

  private String code(WantedRender wanted) {
    return assertThatExceptionOfType(EventException.class)
        .isThrownBy(() -> request(wanted))
        .actual()
        .code();
  }

  private RenderRequested request(WantedRender wanted) {
    return wishes.request("v", "r", "m", "file:/v", SPLIT, wanted);
  }
}
