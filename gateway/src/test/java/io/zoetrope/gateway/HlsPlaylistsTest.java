package io.zoetrope.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.topology.query.Render.State;
import io.zoetrope.topology.query.RenderSegments;
import io.zoetrope.topology.query.RenderSegments.Fragment;
import io.zoetrope.topology.query.RenderSegments.Segment;
import io.zoetrope.topology.query.RenderSegments.Sound;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HlsPlaylistsTest {
  @ParameterizedTest
  @CsvSource({
    "mp4a.40.2, with sound",
    "Opus, with sound",
    "ac-3, with sound|without",
    "mp4a.6b, without",
    "ipcm, without"
  })
  void shouldOfferTheSoundToPlayersThatPlayIt(String codec, String variants) {
    Sound sound = new Sound("file:/sound", 600, List.of(new Fragment(1_000, 4_004_000)));
    Segment segment =
        new Segment(0, 0, 120, "file:/segment", "00", 4_559, 700, 4_004_000, List.of());
    HlsPlaylists playlists =
        new HlsPlaylists(new RenderSegments(State.COMPLETE, 1, 1, sound, List.of(segment)));

    String start =
        playlists.start(
            Optional.of(new Mp4Header("avc1.64001f", 1280, 720)),
            Optional.of(new Mp4Header(codec, 0, 0)));

    String pictures = "CODECS=\"avc1.64001f";
    assertThat(start.lines().filter(line -> line.startsWith("#EXT-X-STREAM-INF")))
        .map(line -> line.endsWith(",AUDIO=\"sound\"") ? "with sound" : "without")
        .containsExactly(variants.split("[|]", -1));
    assertThat(start.contains(pictures + "," + codec + "\"")).isEqualTo(start.contains("AUDIO"));
    assertThat(start.contains(pictures + "\"")).isEqualTo(variants.contains("without"));
  }
}
