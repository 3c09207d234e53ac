package io.zoetrope.gateway;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.zoetrope.events.RenderRequested;
import io.zoetrope.events.SplitOptions;
import io.zoetrope.schemas.Keys;
import io.zoetrope.store.MediaStore;
import io.zoetrope.topology.ledger.RunOptions;
import io.zoetrope.topology.query.Render;
import io.zoetrope.topology.query.RenderSegments;
import io.zoetrope.topology.query.Renders;
import io.zoetrope.topology.query.Run;
import io.zoetrope.topology.query.VideoQueries;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Annotated videos: asked for, followed, and given up. */
final class RenderRoutes {
  private static final String RENDERS = "/v1/videos/{videoId}/annotated";
  static final String RENDER = RENDERS + "/{renderId}";

  private final VideoQueries queries;
  private final Publisher publisher;
  private final MediaStore store;
  private final Wishes wishes;
  private final RunChoice choice;
  private final AcceptedVideos accepted;
  private final RecentlyAccepted<Render> acceptedRenders;

  private record AcceptedRender(String videoId, String renderId, String runId, String modelId) {}

  RenderRoutes(
      GatewayServices services,
      Wishes wishes,
      RunChoice choice,
      AcceptedVideos accepted,
      RecentlyAccepted<Render> acceptedRenders) {
    this.queries = services.queries();
    this.publisher = services.publisher();
    this.store = services.store();
    this.wishes = wishes;
    this.choice = choice;
    this.accepted = accepted;
    this.acceptedRenders = acceptedRenders;
  }

  void addTo(RoutesConfig routes) {
    routes.post(RENDERS, this::request);
    routes.get(RENDERS, this::renders);
    routes.get(RENDER, this::render);
    routes.delete(RENDER, this::withdraw);
  }

  private void request(Context http) {
    Parameters parameters = new Parameters(http, "model", "run");
    String videoId = Ids.videoId(http);
    RenderWish wish = Json.wish(http.body(), RenderWish.class, RenderWish.NAMES);
    String location = choice.location(videoId);
    Run run = choice.wanted(videoId, location, parameters.text("run"), parameters.text("model"));
    RenderRequested request =
        wishes.render(run.videoId(), run.runId(), run.modelId(), location, split(run), wish);
    if (isWanting(known(videoId, request.getRenderId()), run)) {
      publisher.publish(request);
      acceptedRenders.add(Keys.render(videoId, request.getRenderId()), Render.waiting(request));
    }
    http.header("Location", "/v1/videos/" + videoId + "/annotated/" + request.getRenderId());
    Json.answer(
        http, 202, new AcceptedRender(videoId, request.getRenderId(), run.runId(), run.modelId()));
  }

  private SplitOptions split(Run run) {
    RunOptions options = run.options();
    return wishes.split(options.stream(), options.maxFps(), options.keyframesOnly());
  }

  // What is there or on its way needs no second request; what failed may succeed now, and a run
  // that has changed since looks different.
  private static boolean isWanting(Optional<Render> render, Run run) {
    return render
        .map(
            known ->
                known.state() == Render.State.FAILED
                    || (known.state() == Render.State.COMPLETE
                        && known.revision() < run.revision()))
        .orElse(true);
  }

  private Optional<Render> known(String videoId, String renderId) {
    return queries
        .render(videoId, renderId)
        .value()
        .or(() -> acceptedRenders.get(Keys.render(videoId, renderId)));
  }

  private void renders(Context http) {
    new Parameters(http);
    String videoId = Ids.videoId(http);
    Map<String, Render> renders =
        acceptedRenders.all().stream()
            .filter(render -> render.videoId().equals(videoId))
            .collect(
                Collectors.toMap(Render::renderId, render -> render, (a, b) -> b, TreeMap::new));
    VideoRoutes.told(http, queries.renders(videoId))
        .renders()
        .forEach(render -> renders.put(render.renderId(), render));
    if (renders.isEmpty()
        && queries.location(videoId).value().or(() -> accepted.location(videoId)).isEmpty()) {
      throw ApiException.videoUnknown(videoId);
    }
    Json.answer(http, 200, new Renders(List.copyOf(renders.values())));
  }

  private void render(Context http) {
    new Parameters(http);
    String videoId = Ids.videoId(http);
    String renderId = Ids.renderId(videoId, http);
    Render render =
        VideoRoutes.told(http, queries.render(videoId, renderId))
            .or(() -> acceptedRenders.get(Keys.render(videoId, renderId)))
            .orElseThrow(() -> ApiException.renderUnknown(videoId, renderId));
    Json.answer(http, 200, render);
  }

  // The request goes last: until it has, all of this can be done again.
  private void withdraw(Context http) {
    new Parameters(http);
    String videoId = Ids.videoId(http);
    String renderId = Ids.renderId(videoId, http);
    if (known(videoId, renderId).isEmpty()) {
      throw ApiException.renderUnknown(videoId, renderId);
    }
    List<Integer> sequences =
        queries
            .segments(videoId, renderId, 0)
            .value()
            .map(RenderSegments::segments)
            .orElse(List.of())
            .stream()
            .map(RenderSegments.Segment::sequence)
            .sorted(Comparator.naturalOrder())
            .toList();
    store.delete(MediaStore.Kind.RENDERS, Keys.render(videoId, renderId));
    publisher.withdraw(videoId, renderId, sequences);
    acceptedRenders.remove(Keys.render(videoId, renderId));
    http.status(204);
  }
}
