package io.zoetrope.cli.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.gateway.pictures.PictureException;
import io.zoetrope.gateway.pictures.PictureQuery;
import io.zoetrope.gateway.pictures.PictureQuery.Conceal;
import io.zoetrope.gateway.pictures.PictureQuery.Drawing;
import io.zoetrope.gateway.pictures.PictureQuery.Form;
import io.zoetrope.gateway.pictures.PictureQuery.Format;
import io.zoetrope.gateway.pictures.PictureQuery.View;
import io.zoetrope.gateway.pictures.Rendered;
import io.zoetrope.media.CutOptions;
import io.zoetrope.media.VideoCutter;
import io.zoetrope.samples.SampleVideo;
import io.zoetrope.store.FileMediaStore;
import io.zoetrope.store.MediaStore;
import io.zoetrope.topology.query.DetectionPage;
import io.zoetrope.topology.query.QueryException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AssemblerPicturesTest {
  private static final int FRAMES = 60;
  private static final int ORANGE = 0xE69F00;
  private static final Form PNG = new Form(Format.PNG, null);

  private Path videos;
  private Path work;
  private Path video;
  private MediaStore store;
  private FakeFindings findings;
  private AssemblerPictures pictures;

  @BeforeAll
  void makeVideo(@TempDir Path folder) throws IOException {
    videos = Files.createDirectories(folder.resolve("videos"));
    work = Files.createDirectories(folder.resolve("work"));
    Files.writeString(folder.resolve("elsewhere.mp4"), "nobody's business");
    video = videos.resolve("shapes.mp4");
    SampleVideo.write(3, FRAMES, video, videos.resolve("truth.jsonl"));
  }

  @BeforeEach
  void open() {
    store = FileMediaStore.open(work.resolve("store"), List.of(videos));
    findings = new FakeFindings(FRAMES, new DetectionPage.Box(101, 80, 200, 160));
    pictures = new AssemblerPictures(store, findings, work.resolve("stills"), 2);
  }

  @Test
  void shouldDrawWhatIsWanted() throws IOException {
    Drawing boxes = new Drawing(Set.of(), 0, false, false, Conceal.NOTHING, Set.of());
    BufferedImage plain = image(new PictureQuery.Frame(view(null), 400_000, PNG));
    BufferedImage drawn = image(new PictureQuery.Frame(view(boxes), 400_000, PNG));
    assertThat(drawn.getWidth()).isEqualTo(640);
    assertThat(drawn.getHeight()).isEqualTo(360);
    for (int y = 100; y < 220; y++) {
      assertThat(distance(drawn.getRGB(100, y), ORANGE)).isLessThan(60);
      assertThat(drawn.getRGB(200, y)).isEqualTo(plain.getRGB(200, y));
    }

    Drawing others = new Drawing(Set.of("other"), 0, false, false, Conceal.NOTHING, Set.of());
    BufferedImage empty = image(new PictureQuery.Frame(view(others), 400_000, PNG));
    assertThat(empty.getRGB(100, 150)).isEqualTo(plain.getRGB(100, 150));
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void shouldMakeFilesOfEveryFormat(Format format) throws IOException {
    try (Rendered made =
        pictures.make(new PictureQuery.Poster(view(null), new Form(format, 320)))) {
      assertThat(made.mediaType()).isEqualTo("image/" + format.name().toLowerCase(Locale.ROOT));
      assertThat(made.ptsMicros()).isBetween(0L, FRAMES * 40_000L);
      byte[] bytes = made.bytes().readAllBytes();
      assertThat(bytes).hasSize((int) made.sizeBytes());
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
      if (format == Format.WEBP) {
        assertThat(new String(bytes, 0, 12, ISO_8859_1)).matches("RIFF....WEBP");
      } else {
        assertThat(image.getWidth()).isEqualTo(320);
        assertThat(image.getHeight()).isEqualTo(180);
      }
    }
  }

  @Test
  void shouldMakePicturesOfSeveralFrames() throws IOException {
    BufferedImage sheet =
        image(new PictureQuery.ContactSheet(view(null), 3, 2, new Form(Format.PNG, 500)));
    assertThat(sheet.getWidth()).isEqualTo(8 + 3 * (156 + 8));
    try (Rendered preview = pictures.make(new PictureQuery.Preview(view(null), 160))) {
      assertThat(preview.mediaType()).isEqualTo("image/webp");
      assertThat(new String(preview.bytes().readAllBytes(), ISO_8859_1)).contains("ANIM");
    }
  }

  @Test
  void shouldCutOutATrack() throws IOException {
    BufferedImage crop = image(new PictureQuery.TrackCrop(view(null), 1, PNG));
    // The box and a tenth of it on each side.
    assertThat(crop.getWidth()).isEqualTo(240);
    assertThat(crop.getHeight()).isEqualTo(192);
  }

  @Test
  void shouldDeleteAClipOnceItWasSent() throws IOException {
    Path copy = Files.createTempFile(work, "clip", ".mp4");
    try (Rendered clip =
        pictures.make(new PictureQuery.Clip(view(null), 400_000, 1_200_000, true))) {
      assertThat(clip.mediaType()).isEqualTo("video/mp4");
      Files.write(copy, clip.bytes().readAllBytes());
      assertThat(copy).hasSize(clip.sizeBytes());
    }
    assertThat(work.resolve("stills")).isEmptyDirectory();
    assertThat(frames(copy)).isEqualTo(20);
    try (Rendered clip = pictures.make(new PictureQuery.TrackClip(view(null), 1, 0, true))) {
      Files.write(copy, clip.bytes().readAllBytes());
    }
    assertThat(frames(copy)).isEqualTo(FRAMES);
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "none.mp4, ORIGINAL_GONE",
    "../elsewhere.mp4, LOCATION_REFUSED",
    "truth.jsonl, MEDIA_UNRECOGNISED"
  })
  void shouldSayWhatIsWrongWithAnOriginal(String name, String code) {
    String location = videos.toUri() + name;
    View view = new View(FakeFindings.VIDEO, location, null, null, null);
    assertFails(new PictureQuery.Frame(view, 0, PNG), code);
  }

  @Test
  void shouldSayWhatIsWrongWithARun() {
    assertFails(new PictureQuery.TrackCrop(view(null), 9, PNG), "TRACK_UNKNOWN");
    findings.failure = new QueryException(QueryException.STORES_NOT_READY, "not yet");
    assertFails(new PictureQuery.TrackCrop(view(null), 1, PNG), "STORES_NOT_READY");
  }

  @Test
  void shouldBeginWithAnEmptyFolder() throws IOException {
    Path left = Files.createDirectories(work.resolve("other/stills/clip-1"));
    Files.writeString(left.resolve("0.mp4"), "left by a process that died");
    assertThat(AssemblerPictures.in(work.resolve("other"), store, findings)).isNotNull();
    assertThat(left).doesNotExist();
  }

  private View view(Drawing drawing) {
    return new View(FakeFindings.VIDEO, video.toUri().toString(), FakeFindings.RUN, null, drawing);
  }

  private BufferedImage image(PictureQuery query) throws IOException {
    try (Rendered made = pictures.make(query)) {
      return ImageIO.read(made.bytes());
    }
  }

  private void assertFails(PictureQuery query, String code) {
    assertThatThrownBy(() -> pictures.make(query))
        .isInstanceOfSatisfying(PictureException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static int distance(int one, int other) {
    int distance = 0;
    for (int shift = 0; shift < 24; shift += 8) {
      distance = Math.max(distance, Math.abs((one >> shift & 255) - (other >> shift & 255)));
    }
    return distance;
  }

  private static int frames(Path file) throws IOException {
    int frames = 0;
    try (SeekableByteChannel channel = Files.newByteChannel(file);
        VideoCutter cutter = VideoCutter.open(channel, "clip", CutOptions.DEFAULT)) {
      while (cutter.hasNext()) {
        frames += cutter.next().expectedFrames();
      }
    }
    return frames;
  }
}
