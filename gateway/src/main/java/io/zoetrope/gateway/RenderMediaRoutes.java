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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Annotated videos themselves: the finished file, and HTTP Live Streaming of what there is. */
final class RenderMediaRoutes {
  private static final String MP4 = "video/mp4";

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
    routes.get(render + "index.m3u8", http -> playlist(http, playlists(http).start()));
    routes.get(render + HlsPlaylists.VIDEO, http -> playlist(http, playlists(http).video()));
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
    new StoredFile(result.location(), result.sha256(), MP4).answer(http, store);
  }

  private void soundPlaylist(Context http) {
    HlsPlaylists playlists = playlists(http);
    requireSound(segments(http), http);
    playlist(http, playlists.sound());
  }

  private void sound(Context http) throws IOException {
    new Parameters(http);
    RenderSegments.Sound sound = requireSound(segments(http), http);
    // Its name is the hash of its bytes.
    String sha256 = sound.location().substring(sound.location().lastIndexOf('/') + 1);
    new StoredFile(sound.location(), sha256, "audio/mp4").answer(http, store);
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
    new StoredFile(segment.location(), segment.sha256(), MP4).answer(http, store);
  }

  private HlsPlaylists playlists(Context http) {
    new Parameters(http);
    HlsPlaylists playlists = new HlsPlaylists(segments(http));
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
