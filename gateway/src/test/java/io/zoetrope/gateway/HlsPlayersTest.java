package io.zoetrope.gateway;

import static io.zoetrope.gateway.RenderRoutesTest.RENDER;
import static io.zoetrope.gateway.RenderRoutesTest.VIDEO;
import static io.zoetrope.gateway.RenderRoutesTest.render;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zoetrope.store.FileMediaStore;
import io.zoetrope.store.MediaStore;
import io.zoetrope.store.StoredObject;
import io.zoetrope.topology.query.Render.State;
import io.zoetrope.topology.query.RenderSegments;
import io.zoetrope.topology.query.RenderSegments.Fragment;
import io.zoetrope.topology.query.RenderSegments.Segment;
import io.zoetrope.topology.query.RenderSegments.Sound;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a player that isn't ours makes of the playlists. It needs ffmpeg and ffprobe. */
class HlsPlayersTest {
  private static final String PATH = "/v1/videos/" + VIDEO + "/annotated/" + RENDER + "/";
  private static final long FRAGMENT_MICROS = 4_000_000;
  private static final int FRAMES_A_FRAGMENT = 100;

  @TempDir Path folder;
  private GatewayRig rig;
  private MediaStore store;

  /** A fragmented MP4 file. */
  private record Fragmented(List<byte[]> parts) {
    /** What comes before the first fragment. */
    byte[] header() {
      return parts.get(0);
    }

    List<byte[]> fragments() {
      return parts.subList(1, parts.size());
    }
  }

  @BeforeEach
  void open() {
    assumeTrue(isThere("ffmpeg") && isThere("ffprobe"), "ffmpeg and ffprobe aren't installed");
    rig = new GatewayRig(folder.resolve("media"));
    store = FileMediaStore.open(folder.resolve("media"), List.of());
    rig.queries.render = render(RENDER, State.RUNNING, 1);
  }

  @AfterEach
  void close() {
    if (rig != null) {
      rig.close();
    }
  }

  @Test
  void shouldPlayPicturesWithTheirSoundAtTheirTimes() throws Exception {
    Fragmented pictures =
        fragmented(
            "-f lavfi -i testsrc=d=12:s=320x180:r=25 -c:v libx264 -pix_fmt yuv420p -bf 0 -g 100");
    Fragmented tone = fragmented("-f lavfi -i sine=d=12 -c:a aac -frag_duration 4000000");
    rig.queries.segments =
        new RenderSegments(State.COMPLETE, 1, 3, sound(tone), segments(pictures));

    String playlist = rig.get(PATH + "index.m3u8").body();
    String streams = probe("-show_entries stream=codec_name,codec_type");
    String times = probe("-select_streams v -show_entries frame=pts_time");

    assertThat(playlist)
        .contains("CODECS=\"avc1.64000c,mp4a.40.2\",RESOLUTION=320x180,FRAME-RATE=25.000,");
    assertThat(streams).contains("h264", "aac");
    assertThat(times.lines().filter(line -> !line.isBlank()).map(Double::parseDouble))
        .containsExactlyElementsOf(
            IntStream.range(0, 3 * FRAMES_A_FRAGMENT).mapToObj(i -> i / 25.0).toList());
  }

  private Sound sound(Fragmented tone) {
    StoredObject file = keep(tone.parts());
    return new Sound(
        file.location().toString(),
        tone.header().length,
        tone.fragments().stream().map(f -> new Fragment(f.length, FRAGMENT_MICROS)).toList());
  }

  private List<Segment> segments(Fragmented pictures) {
    List<Segment> segments = new ArrayList<>();
    for (byte[] fragment : pictures.fragments()) {
      StoredObject file = keep(List.of(pictures.header(), fragment));
      segments.add(
          new Segment(
              segments.size(),
              (long) segments.size() * FRAMES_A_FRAGMENT,
              FRAMES_A_FRAGMENT,
              file.location().toString(),
              file.sha256(),
              file.sizeBytes(),
              pictures.header().length,
              FRAGMENT_MICROS,
              List.of()));
    }
    return segments;
  }

  private StoredObject keep(List<byte[]> parts) {
    return store.keep(
        MediaStore.Kind.RENDERS,
        VIDEO + "/" + RENDER,
        out -> {
          for (byte[] part : parts) {
            out.write(part);
          }
        });
  }

  private Fragmented fragmented(String options) throws Exception {
    Path file = folder.resolve("fragmented.mp4");
    run(
        "ffmpeg -v error -y "
            + options
            + " -movflags +frag_keyframe+empty_moov+default_base_moof "
            + file);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    List<byte[]> parts = new ArrayList<>();
    int start = 0;
    while (bytes.hasRemaining()) {
      int box = bytes.position();
      int size = bytes.getInt(box);
      String type = new String(bytes.array(), box + 4, 4, UTF_8);
      if (type.equals("moof")) {
        if (parts.isEmpty()) {
          parts.add(part(bytes, 0, box));
        }
        start = box;
      }
      bytes.position(box + size);
      if (type.equals("mdat")) {
        parts.add(part(bytes, start, bytes.position()));
      }
    }
    return new Fragmented(parts);
  }

  private static byte[] part(ByteBuffer bytes, int from, int to) {
    byte[] part = new byte[to - from];
    bytes.get(from, part);
    return part;
  }

  private String probe(String options) throws Exception {
    String url = rig.uri(PATH + "index.m3u8").toString();
    return run("ffprobe -v error " + options + " -of default=nw=1:nk=1 " + url);
  }

  private static String run(String command) throws Exception {
    Process process = new ProcessBuilder(command.split(" ")).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(command + "\n" + output).isZero();
    return output;
  }

  private static boolean isThere(String program) {
    try {
      return new ProcessBuilder(program, "-version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException notThere) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
