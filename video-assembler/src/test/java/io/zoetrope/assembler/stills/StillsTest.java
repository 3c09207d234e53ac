package io.zoetrope.assembler.stills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.events.ColourBy;
import io.zoetrope.events.Concealment;
import io.zoetrope.events.RenderStyle;
import io.zoetrope.media.BatchDecoder;
import io.zoetrope.media.CutOptions;
import io.zoetrope.media.DecodedFrame;
import io.zoetrope.media.StillEncoder.Format;
import io.zoetrope.media.VideoCutter;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StillsTest {
  private static final StillForm PNG = new StillForm(Format.PNG, OptionalInt.empty());
  private static final int MIDDLE = MovingSquare.TOP + MovingSquare.SIDE / 2;

  private MovingSquare square;
  private View plain;
  private View byRun;
  private Stills stills;
  private Path work;

  @BeforeAll
  void open(@TempDir Path folder) throws IOException {
    work = folder.resolve("clips");
    square = new MovingSquare(folder);
    plain = view(Optional.empty(), Optional.empty());
    byRun = view(Optional.of(MovingSquare.RUN), Optional.empty());
    stills = new Stills(StillsTest::channel, square, work, 2);
  }

  @Test
  void shouldShowTheFrameThatIsOnShow() {
    Still still = stills.frame(plain, MovingSquare.micros(41) + 39_000, PNG);
    assertThat(still.ptsMicros()).isEqualTo(OptionalLong.of(MovingSquare.micros(41)));
    assertThat(still.mediaType()).isEqualTo("image/png");
    BufferedImage image = image(still);
    assertThat(image.getWidth()).isEqualTo(MovingSquare.WIDTH);
    assertThat(image.getHeight()).isEqualTo(MovingSquare.HEIGHT);
    int left = MovingSquare.left(41);
    assertThat(isWhite(image, left - 4, MIDDLE)).isFalse();
    assertThat(isWhite(image, left + 4, MIDDLE)).isTrue();
    assertThat(isWhite(image, left + MovingSquare.SIDE - 4, MIDDLE)).isTrue();
    assertThat(isWhite(image, left + MovingSquare.SIDE + 4, MIDDLE)).isFalse();
  }

  @Test
  void shouldBeNoWiderThanAskedForAndNeverWiderThanTheVideo() {
    assertThat(image(stills.frame(plain, 0, width(160))).getWidth()).isEqualTo(160);
    assertThat(image(stills.frame(plain, 0, width(160))).getHeight()).isEqualTo(90);
    assertThat(image(stills.frame(plain, 0, width(4000))).getWidth()).isEqualTo(320);
  }

  @Test
  void shouldDrawWhatTheRunFoundInThatFrame() {
    BufferedImage bare = image(stills.frame(byRun, MovingSquare.micros(60), PNG));
    BufferedImage drawn =
        image(stills.frame(drawn(style(Concealment.NOTHING)), MovingSquare.micros(60), PNG));
    int left = MovingSquare.left(60);
    assertThat(isColoured(bare, left, MIDDLE)).isFalse();
    assertThat(isColoured(drawn, left, MIDDLE)).isTrue();
    assertThat(drawn.getRGB(left + 20, MIDDLE)).isEqualTo(bare.getRGB(left + 20, MIDDLE));
  }

  @Test
  void shouldConcealAFrameOfWhichNothingIsKnown() {
    View concealed = drawn(style(Concealment.PIXELATE));
    int left = MovingSquare.left(MovingSquare.FAILED);
    BufferedImage bare = image(stills.frame(plain, MovingSquare.micros(MovingSquare.FAILED), PNG));
    BufferedImage image =
        image(stills.frame(concealed, MovingSquare.micros(MovingSquare.FAILED), PNG));
    assertThat(isWhite(bare, left + 2, MovingSquare.TOP + 2)).isTrue();
    assertThat(isWhite(image, left + 2, MovingSquare.TOP + 2)).isFalse();
  }

  @Test
  void shouldChooseTheFrameInWhichMostIsSeenForAPoster() {
    TellingMoments moments = new TellingMoments();
    square.frames(
        MovingSquare.VIDEO, MovingSquare.RUN, Long.MIN_VALUE, Long.MAX_VALUE, moments::add);
    assertThat(moments.best(1)).containsExactly(MovingSquare.micros(MovingSquare.SUREST));
    assertThat(stills.poster(byRun, PNG).ptsMicros()).isPresent();
    assertThat(stills.poster(plain, PNG).ptsMicros()).isPresent();
  }

  @Test
  void shouldPutTellingFramesSideBySide() {
    BufferedImage sheet =
        image(stills.contactSheet(drawn(style(Concealment.NOTHING)), 3, 2, width(500)));
    // Three cells of 156 by 88, and 8 pixels around each.
    assertThat(sheet.getWidth()).isEqualTo(8 + 3 * (156 + 8));
    assertThat(sheet.getHeight()).isEqualTo(8 + 2 * (88 + 8));
    assertThat(sheet.getRGB(4, 4) & 0xffffff).isZero();
    assertThat(sheet.getRGB(14, 14) & 0xff).isGreaterThan(60);
  }

  @Test
  void shouldAnimateAFewMoments() {
    Still preview = stills.preview(byRun, OptionalInt.of(160));
    String bytes = new String(preview.bytes(), StandardCharsets.ISO_8859_1);
    assertThat(preview.mediaType()).isEqualTo("image/webp");
    assertThat(bytes).startsWith("RIFF").contains("ANIM");
    // Six moments of eight pictures, of which the encoder may keep equal ones as one.
    assertThat(bytes.split("ANMF", -1).length - 1).isBetween(40, 48);
  }

  @Test
  void shouldCutOutATrackWhereItIsBestToBeSeen() {
    Still crop = stills.trackCrop(byRun, 1, PNG);
    BufferedImage image = image(crop);
    assertThat(crop.ptsMicros()).isPresent();
    assertThat(image.getWidth()).isEqualTo(48);
    assertThat(image.getHeight()).isEqualTo(48);
    assertThat(isWhite(image, 24, 24)).isTrue();
    assertThat(isWhite(image, 1, 1)).isFalse();
  }

  @Test
  void shouldCopyAClipWithoutEncodingAgain() throws IOException {
    Clip clip = stills.clip(plain, MovingSquare.micros(10), MovingSquare.micros(40), true);
    assertThat(clip.notes()).isEmpty();
    assertThat(times(clip)).isEqualTo(MovingSquare.times(10, 40));
    Files.delete(clip.file());
    assertThat(work).isEmptyDirectory();
  }

  @Test
  void shouldEncodeAClipAgainThatIsDrawnOn() throws IOException {
    Clip clip =
        stills.clip(
            drawn(style(Concealment.NOTHING)),
            MovingSquare.micros(10),
            MovingSquare.micros(40),
            true);
    assertThat(clip.notes()).isEmpty();
    assertThat(times(clip)).isEqualTo(MovingSquare.times(10, 40));
    Files.delete(clip.file());
    assertThat(work).isEmptyDirectory();
  }

  @Test
  void shouldCutAClipAroundATrack() throws IOException {
    Clip clip = stills.trackClip(byRun, 1, 0, false);
    assertThat(times(clip)).isEqualTo(MovingSquare.times(0, MovingSquare.FRAMES));
    Files.delete(clip.file());
  }

  @Test
  void shouldSayWhatIsNotThere() {
    View otherRun = view(Optional.of("f".repeat(24)), Optional.empty());
    assertFails(() -> stills.trackCrop(plain, 1, PNG), StillException.RUN_UNKNOWN);
    assertFails(() -> stills.trackCrop(otherRun, 1, PNG), StillException.TRACK_UNKNOWN);
    assertFails(() -> stills.trackCrop(byRun, 7, PNG), StillException.TRACK_UNKNOWN);
    assertFails(() -> stills.clip(plain, 0, 300_000_001, true), StillException.CLIP_TOO_LONG);
  }

  private static void assertFails(Runnable work, String code) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(StillException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static RenderStyle style(Concealment conceal) {
    return new RenderStyle(
        List.of(), 0f, ColourBy.LABEL, true, false, 0L, conceal, List.of(), List.of());
  }

  private View drawn(RenderStyle style) {
    return view(Optional.of(MovingSquare.RUN), Optional.of(style));
  }

  private View view(Optional<String> runId, Optional<RenderStyle> style) {
    return new View(MovingSquare.VIDEO, square.location(), OptionalInt.empty(), runId, style);
  }

  private static StillForm width(int width) {
    return new StillForm(Format.PNG, OptionalInt.of(width));
  }

  private static List<Long> times(Clip clip) throws IOException {
    List<Long> times = new ArrayList<>();
    try (SeekableByteChannel channel = Files.newByteChannel(clip.file());
        VideoCutter cutter = VideoCutter.open(channel, "clip", CutOptions.DEFAULT);
        BatchDecoder decoder = new BatchDecoder(cutter.stream(), 1)) {
      cutter.forEachRemaining(
          batch ->
              decoder.decode(
                  batch,
                  frame -> {
                    try (DecodedFrame shown = frame) {
                      times.add(shown.ptsMicros());
                    }
                  }));
    }
    return times;
  }

  private static boolean isWhite(BufferedImage image, int x, int y) {
    return (image.getRGB(x, y) & 0xff) > 220;
  }

  private static boolean isColoured(BufferedImage image, int x, int y) {
    int rgb = image.getRGB(x, y);
    int red = rgb >> 16 & 0xff;
    int green = rgb >> 8 & 0xff;
    int blue = rgb & 0xff;
    return Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue)) > 60;
  }

  private static BufferedImage image(Still still) {
    try {
      return ImageIO.read(new ByteArrayInputStream(still.bytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SeekableByteChannel channel(URI location) {
    try {
      return Files.newByteChannel(Path.of(location));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
