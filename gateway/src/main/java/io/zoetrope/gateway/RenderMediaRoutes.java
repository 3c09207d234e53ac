package io.zoetrope.gateway;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.zoetrope.store.MediaStore;
import io.zoetrope.topology.query.Render;
import io.zoetrope.topology.query.RenderSegments;
import io.zoetrope.topology.query.RenderSegments.Segment;
import io.zoetrope.topology.query.Video;
import io.zoetrope.topology.query.VideoQueries;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/** Annotated videos themselves: the finished file, and HTTP Live Streaming of what there is. */
final class RenderMediaRoutes {
  private static final String MP4 = "video/mp4";
  private static final long MOST_HEADER_BYTES = 1 << 20;

  private final VideoQueries queries;
  private final MediaStore store;

  RenderMediaRoutes(VideoQueries queries, MediaStore store) {
    this.queries = queries;
    this.store = store;
  }

  void addTo(RoutesConfig routes) {
    String render = RenderRoutes.RENDER + "/";
    routes.get(render + "video.mp4", this::video);
    routes.head(render + "video.mp4", this::video);
    routes.get(render + "index.m3u8", this::startPlaylist);
    routes.get(render + HlsPlaylists.VIDEO, this::videoPlaylist);
    routes.get(render + HlsPlaylists.SOUND, this::soundPlaylist);
    routes.get(render + HlsPlaylists.SOUND_FILE, this::sound);
    routes.head(render + HlsPlaylists.SOUND_FILE, this::sound);
    routes.get(render + "segments/{segment}", this::segment);
    routes.head(render + "segments/{segment}", this::segment);
  }

  private void video(Context http) throws IOException {
    new Parameters(http);
    Render render = render(http);
    Render.Result result = render.result();
    if (result == null) {
      throw unfinished(render);
    }
    http.header("Content-Disposition", disposition(name(render.videoId())));
    stored(result.location(), result.sha256(), MP4).answer(http);
  }

  private void startPlaylist(Context http) throws IOException {
    RenderSegments render = segments(http);
    HlsPlaylists playlists = playlists(http, render);
    Segment first = playlists.first();
    RenderSegments.Sound sound = render.sound();
    playlist(
        http,
        playlists.start(
            header(first.location(), first.headerBytes()),
            sound == null ? Optional.empty() : header(sound.location(), sound.headerBytes())));
  }

  private void videoPlaylist(Context http) {
    playlist(http, playlists(http, segments(http)).video());
  }

  private Optional<Mp4Header> header(String location, long bytes) throws IOException {
    try (SeekableByteChannel file = store.open(URI.create(location))) {
      return Mp4Header.of(
          Channels.newInputStream(file).readNBytes((int) Math.min(bytes, MOST_HEADER_BYTES)));
    }
  }

  private void soundPlaylist(Context http) {
    RenderSegments render = segments(http);
    HlsPlaylists playlists = playlists(http, render);
    requireSound(render, http);
    playlist(http, playlists.sound());
  }

  private void sound(Context http) throws IOException {
    new Parameters(http);
    RenderSegments.Sound sound = requireSound(segments(http), http);
    // Its name is the hash of its bytes.
    String sha256 = sound.location().substring(sound.location().lastIndexOf('/') + 1);
    stored(sound.location(), sha256, "audio/mp4").answer(http);
  }

  private void segment(Context http) throws IOException {
    new Parameters(http);
    String name = http.pathParam("segment");
    Segment segment =
        segments(http).segments().stream()
            .filter(there -> name.equals(there.sequence() + ".mp4"))
            .filter(there -> there.location() != null)
            .findFirst()
            .orElseThrow(() -> notThere(http));
    stored(segment.location(), segment.sha256(), MP4).answer(http);
  }

  private RangedFile stored(String location, String version, String contentType) {
    return new RangedFile(() -> store.open(URI.create(location)), version, contentType);
  }

  private HlsPlaylists playlists(Context http, RenderSegments segments) {
    new Parameters(http);
    HlsPlaylists playlists = new HlsPlaylists(segments);
    if (!playlists.playable()) {
      throw unfinished(render(http));
    }
    return playlists;
  }

  private static void playlist(Context http, String text) {
    http.status(200)
        .header("Cache-Control", "no-cache")
        .contentType(HlsPlaylists.CONTENT_TYPE)
        .result(text);
  }

  private Render render(Context http) {
    String videoId = Ids.videoId(http);
    String renderId = Ids.renderId(videoId, http);
    return VideoRoutes.told(http, queries.render(videoId, renderId))
        .orElseThrow(() -> ApiException.renderUnknown(videoId, renderId));
  }

  private RenderSegments segments(Context http) {
    String videoId = Ids.videoId(http);
    String renderId = Ids.renderId(videoId, http);
    return VideoRoutes.told(http, queries.segments(videoId, renderId, 0))
        .orElseThrow(() -> ApiException.renderUnknown(videoId, renderId));
  }

  private static RenderSegments.Sound requireSound(RenderSegments render, Context http) {
    if (render.sound() == null) {
      throw notThere(http);
    }
    return render.sound();
  }

  private static ApiException notThere(Context http) {
    return new ApiException(404, "ROUTE_UNKNOWN", "there is nothing at " + http.path());
  }

  private static ApiException unfinished(Render render) {
    return render.failure() == null
        ? new ApiException(
            409,
            "RENDER_UNFINISHED",
            "the annotated video isn't there yet: %d of %s segments are; ask again later"
                .formatted(
                    render.segments().rendered(),
                    Objects.toString(render.segments().total(), "an unknown number of")))
        : new ApiException(
            409,
            "RENDER_FAILED",
            "the annotated video couldn't be made: %s: %s"
                .formatted(render.failure().code(), render.failure().message()));
  }

  private String name(String videoId) {
    return queries
        .video(videoId)
        .value()
        .flatMap(video -> video.submissions().stream().findFirst())
        .map(Video.Submission::name)
        .orElse(videoId);
  }

  /** What a browser calls the file that it saves (RFC 6266). */
  private static String disposition(String video) {
    int dot = video.lastIndexOf('.');
    String name = (dot > 0 ? video.substring(0, dot) : video) + ".annotated.mp4";
    String plain = name.replaceAll("[^A-Za-z0-9 ._~()+-]", "_");
    String exact = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return "inline; filename=\"%s\"; filename*=UTF-8''%s".formatted(plain, exact);
  }
}
