package io.zoetrope.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.gateway.cluster.ClusterSecret;
import io.zoetrope.gateway.cluster.InstanceClient;
import io.zoetrope.gateway.cluster.RemoteVideoQueries;
import io.zoetrope.schemas.Topics;
import io.zoetrope.topology.query.Answer;
import io.zoetrope.topology.query.Place;
import io.zoetrope.topology.query.QueryException;
import io.zoetrope.topology.query.Video;
import io.zoetrope.topology.query.VideoPage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several instances, each behind its own port, that ask each other. */
class InstanceRoutesTest {
  private static final Set<Integer> ALL = Topics.RUNS.everyPartition();
  private static final List<Video> VIDEOS =
      IntStream.range(0, 100)
          .mapToObj(i -> new Video("%032x".formatted(i), List.of(), null, List.of()))
          .toList();
  private static final String VIDEO = VIDEOS.get(42).videoId();

  private final List<FakeInstance> instances = new ArrayList<>();

  @AfterEach
  void close() {
    instances.forEach(FakeInstance::close);
  }

  @Test
  void shouldAskTheOwner() {
    FakeInstance asked = instance();
    FakeInstance owner = instance().holding(ALL, 0);
    asked.believing(ALL, new Place(owner.url(), List.of()));

    assertThat(asked.cluster.video(VIDEO)).isEqualTo(Answer.current(Optional.of(VIDEOS.get(42))));
    assertThat(asked.cluster.location(VIDEO).value()).contains(VIDEO);
    assertThat(asked.cluster.run(VIDEO, "none")).isEqualTo(Answer.current(Optional.empty()));
  }

  @Test
  void shouldAskNobodyElseForWhatItOwns() {
    FakeInstance owner = instance().holding(ALL, 0);
    FakeInstance standby = instance().holding(ALL, 3);
    owner.believing(ALL, new Place(null, List.of(standby.url())));

    assertThat(owner.cluster.video(VIDEO).stale()).isFalse();
    assertThat(standby.asked).hasValue(0);
  }

  @Test
  void shouldAnswerFromItsOwnCopyWhileTheOwnerIsAway() throws Exception {
    FakeInstance asked = instance().holding(ALL, 4);
    FakeInstance owner = instance().holding(ALL, 0);
    asked.believing(ALL, new Place(owner.url(), List.of()));
    owner.close();

    HttpResponse<String> response = get(asked, "/v1/videos/" + VIDEO);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Zoetrope-Stale")).contains("4");
  }

  @Test
  void shouldAnswerFromAnotherCopyWhileTheOwnerIsAway() {
    FakeInstance asked = instance();
    FakeInstance owner = instance().holding(ALL, 0);
    FakeInstance standby = instance().holding(ALL, 9);
    asked.believing(ALL, new Place(owner.url(), List.of(standby.url())));
    owner.close();

    assertThat(asked.cluster.video(VIDEO).behind()).isEqualTo(9);
  }

  @Test
  void shouldGatherTheCopiesOfAnOwnerThatIsAwayFromWhoeverHasThem() {
    Set<Integer> half = ALL.stream().filter(p -> p % 2 == 0).collect(Collectors.toSet());
    Set<Integer> rest = ALL.stream().filter(p -> p % 2 == 1).collect(Collectors.toSet());
    FakeInstance owner = instance().holding(ALL, 0);
    FakeInstance asked = instance().holding(half, 1);
    FakeInstance standby = instance().holding(rest, 1);
    asked.believing(half, new Place(owner.url(), List.of()));
    asked.believing(rest, new Place(owner.url(), List.of(standby.url())));
    owner.close();

    Answer<VideoPage> page = asked.cluster.videos(ALL, VIDEOS.size(), null);

    assertThat(page.value().videos()).hasSameSizeAs(VIDEOS);
    assertThat(page.behind()).isEqualTo(ALL.size());
  }

  @Test
  void shouldNotWaitForAnOwnerThatIsFrozen() throws IOException {
    // Given an owner that takes requests, and does nothing with them
    try (ServerSocket frozen = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      FakeInstance asked = instance().holding(ALL, 2);
      URI owner = URI.create("http://127.0.0.1:" + frozen.getLocalPort());
      asked.believing(ALL, new Place(owner, List.of()));

      assertThat(asked.cluster.video(VIDEO).behind()).isEqualTo(2);
    }
  }

  @Test
  void shouldAskToComeAgainWhereNobodyKnows() throws Exception {
    FakeInstance asked = instance();
    FakeInstance other = instance();
    asked.believing(ALL, new Place(other.url(), List.of()));

    HttpResponse<String> response = get(asked, "/v1/videos/" + VIDEO);

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).contains("1");
    assertThat(response.body()).contains("STORES_NOT_READY");
  }

  @Test
  void shouldNotPassAQuestionOnTwice() {
    // Given two that each believe the other to be the owner, and one that knows
    FakeInstance first = instance();
    FakeInstance second = instance();
    FakeInstance third = instance().holding(ALL, 0);
    first.believing(ALL, new Place(second.url(), List.of()));
    second.believing(ALL, new Place(first.url(), List.of(third.url())));

    assertNotReady(() -> first.cluster.video(VIDEO));
    assertThat(second.asked).hasValue(1);
    assertThat(third.asked).hasValue(0);
  }

  @Test
  void shouldListTheVideosOfAllInstancesInOrder() {
    List<FakeInstance> three = sharing(ALL);

    List<Video> listed = new ArrayList<>();
    String cursor = null;
    do {
      Answer<VideoPage> page = three.get(1).cluster.videos(ALL, 7, cursor);
      assertThat(page.stale()).isFalse();
      listed.addAll(page.value().videos());
      cursor = page.value().cursor();
    } while (cursor != null);

    assertThat(listed).isEqualTo(VIDEOS);
  }

  @Test
  void shouldListTheRunsOfAllInstancesInOrder() {
    List<FakeInstance> three = sharing(ALL);

    List<String> listed = new ArrayList<>();
    List<String> some;
    do {
      String last = listed.isEmpty() ? null : listed.get(listed.size() - 1);
      some = three.get(2).cluster.runKeys(ALL, 7, last).value().runs();
      listed.addAll(some);
    } while (!some.isEmpty());

    assertThat(listed)
        .containsExactlyElementsOf(VIDEOS.stream().map(v -> v.videoId() + "/run").toList());
  }

  @Test
  void shouldListNothingWithoutEveryPartition() {
    List<FakeInstance> three = sharing(ALL);
    three.get(2).held.remove(8);

    assertNotReady(() -> three.get(0).cluster.videos(ALL, 100, null));
  }

  @Test
  void shouldListFromCopiesWhatTheOwnerCanNotTell() {
    List<FakeInstance> three = sharing(ALL);
    FakeInstance gone = three.get(2);
    Set<Integer> its = Set.copyOf(gone.held.keySet());
    gone.close();
    three.get(0).holding(its, 5);

    Answer<VideoPage> page = three.get(0).cluster.videos(ALL, 100, null);

    assertThat(page.value().videos()).isEqualTo(VIDEOS);
    assertThat(page.value().cursor()).isNull();
    assertThat(page.behind()).isEqualTo(5L * its.size());
  }

  @Test
  void shouldAnswerProcessesWithoutStores() throws IOException {
    // Given instances of which the first isn't there
    List<FakeInstance> three = sharing(ALL);
    URI nobody = URI.create("http://127.0.0.1:" + freePort());
    RemoteVideoQueries queries =
        new RemoteVideoQueries(
            List.of(nobody, three.get(0).url()), new InstanceClient(FakeInstance.SECRET));

    assertThat(queries.videos(ALL, 100, null).value().videos()).isEqualTo(VIDEOS);
    for (Video video : VIDEOS) {
      assertThat(queries.video(video.videoId())).isEqualTo(Answer.current(Optional.of(video)));
    }
  }

  @Test
  void shouldAnswerOnlyThoseWhoKnowTheSecret() throws Exception {
    FakeInstance owner = instance().holding(ALL, 0);
    FakeInstance stranger = new FakeInstance(VIDEOS, new ClusterSecret("another"));
    instances.add(stranger);
    stranger.believing(ALL, new Place(owner.url(), List.of()));

    assertNotReady(() -> stranger.cluster.video(VIDEO));
    HttpResponse<String> response = post(owner, null, "{}");
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    assertThat(response.body()).contains("CLUSTER_SECRET_INVALID").doesNotContain("for-tests-only");
    assertThat(owner.asked).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "{}", "not JSON", "{\"question\":\"Unheard\"}"})
  void shouldRefuseWhatIsNoQuestion(String body) throws Exception {
    FakeInstance owner = instance().holding(ALL, 0);

    HttpResponse<String> response = post(owner, "Bearer for-tests-only", body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("BODY_INVALID");
  }

  private FakeInstance instance() {
    FakeInstance instance = new FakeInstance(VIDEOS);
    instances.add(instance);
    return instance;
  }

  /** Three instances, each of which owns a third and knows whose the others are. */
  private List<FakeInstance> sharing(Set<Integer> partitions) {
    List<FakeInstance> three = List.of(instance(), instance(), instance());
    for (int partition : partitions) {
      FakeInstance owner = three.get(partition % 3);
      owner.holding(Set.of(partition), 0);
      three.stream()
          .filter(other -> other != owner)
          .forEach(other -> other.believing(Set.of(partition), new Place(owner.url(), List.of())));
    }
    return three;
  }

  private static void assertNotReady(ThrowingCallable question) {
    assertThatThrownBy(question)
        .isInstanceOfSatisfying(
            QueryException.class, e -> assertThat(e.code()).isEqualTo("STORES_NOT_READY"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static HttpResponse<String> get(FakeInstance instance, String path)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(instance.url().resolve(path)).GET().build(),
            BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(FakeInstance instance, String authorization, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(instance.url().resolve(InstanceClient.PATH))
            .POST(BodyPublishers.ofString(body));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }
}
