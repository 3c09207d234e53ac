package io.zoetrope.gateway;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.zoetrope.events.RenderRequested;
import io.zoetrope.events.RunRequested;
import io.zoetrope.events.VideoSubmitted;
import io.zoetrope.events.WantedRun;
import io.zoetrope.schemas.Identities;
import io.zoetrope.schemas.Keys;
import io.zoetrope.store.MediaStore;
import io.zoetrope.store.StoredVideo;
import io.zoetrope.topology.query.Render;
import io.zoetrope.topology.query.Video;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code PUT /v1/videos}: raw bytes to the media store, then the submission to Kafka. The same
 * bytes under the same name are the same submission, however often they come.
 */
final class UploadRoutes {
  private static final int LONGEST_NAME = 255;
  private static final int SUBMISSION_ID_BYTES = 12;
  private static final Pattern SUBMISSION_ID = Pattern.compile("[A-Za-z0-9._~-]{1,128}");

  private final MediaStore store;
  private final Publisher publisher;
  private final Wishes wishes;
  private final AcceptedVideos accepted;
  private final RecentlyAccepted<Render> acceptedRenders;

  private record AcceptedRun(String runId, String modelId, String renderId) {}

  private record AcceptedUpload(
      String videoId, String submissionId, String modelId, List<AcceptedRun> runs) {}

  UploadRoutes(
      MediaStore store,
      Publisher publisher,
      Wishes wishes,
      AcceptedVideos accepted,
      RecentlyAccepted<Render> acceptedRenders) {
    this.store = store;
    this.publisher = publisher;
    this.wishes = wishes;
    this.accepted = accepted;
    this.acceptedRenders = acceptedRenders;
  }

  void addTo(RoutesConfig routes) {
    routes.put("/v1/videos", this::upload);
  }

  private void upload(Context http) throws IOException {
    Parameters parameters =
        new Parameters(
            http,
            Stream.of(List.of("name", "submissionId"), Wish.PARAMETERS, RenderWish.PARAMETERS)
                .flatMap(List::stream)
                .toArray(String[]::new));
    String name = name(parameters.text("name"));
    String ownId = submissionId(parameters.text("submissionId"));
    WantedRun wanted = wishes.complete(Wish.of(parameters));
    Optional<RenderWish> annotated = RenderWish.of(parameters);
    annotated.ifPresent(wish -> wanted.setRender(wish.wanted()));
    // Refused before the first byte of the video.
    annotated.ifPresent(wish -> render(wishes.run("", "", wanted), wish));
    StoredVideo video = receive(http);
    String videoId = Identities.videoId(video.sha256());
    String submissionId = ownId == null ? submissionId(videoId, name) : ownId;
    String location = video.location().toString();
    RunRequested run = wishes.run(videoId, location, wanted);
    publisher.publish(
        new VideoSubmitted(
            submissionId, location, name, video.sha256(), Map.of(), List.of(wanted)));
    String renderId = annotated.map(wish -> accept(render(run, wish))).orElse(null);
    accepted.add(run, new Video.Submission(submissionId, name, video.sizeBytes(), Map.of(), null));
    http.header("Location", "/v1/videos/" + videoId);
    Json.answer(
        http,
        202,
        new AcceptedUpload(
            videoId,
            submissionId,
            run.getModelId(),
            List.of(new AcceptedRun(run.getRunId(), run.getModelId(), renderId))));
  }

  private RenderRequested render(RunRequested run, RenderWish wish) {
    return wishes.render(
        run.getVideoId(),
        run.getRunId(),
        run.getModelId(),
        run.getLocation(),
        run.getSplit(),
        wish);
  }

  private String accept(RenderRequested render) {
    acceptedRenders.add(
        Keys.render(render.getVideoId(), render.getRenderId()), Render.waiting(render));
    return render.getRenderId();
  }

  private StoredVideo receive(Context http) throws IOException {
    PushbackInputStream body = new PushbackInputStream(http.bodyInputStream());
    int first = http.req().getContentLengthLong() == 0 ? -1 : body.read();
    if (first < 0) {
      throw new ApiException(
          400, "UPLOAD_EMPTY", "no bytes came; send the video as the body of the request");
    }
    body.unread(first);
    return store.put(body, http.req().getContentLengthLong());
  }

  private static String name(String name) {
    if (name == null || name.isBlank()) {
      throw new ApiException(
          400, "NAME_INVALID", "the video needs a name; add ?name=, as in ?name=street.mp4");
    }
    if (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
      throw new ApiException(
          400,
          "NAME_INVALID",
          "a name has at most %d characters, none of them a control character"
              .formatted(LONGEST_NAME));
    }
    return name;
  }

  private static String submissionId(String id) {
    if (id != null && !SUBMISSION_ID.matcher(id).matches()) {
      throw ApiException.parameterInvalid(
          "submissionId must be 1 to 128 of the characters A-Z a-z 0-9 . _ ~ -, but is " + id);
    }
    return id;
  }

  private static String submissionId(String videoId, String name) {
    byte[] identity = (videoId + "\n" + name).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(Identities.sha256().digest(identity), 0, SUBMISSION_ID_BYTES);
  }
}
