package io.zoetrope.cli.rerun;

import io.zoetrope.cli.client.VideoPage;
import io.zoetrope.cli.client.VideoPage.Video;
import io.zoetrope.cli.client.ZoetropeClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which of a service's videos a run is wanted over.
 *
 * @param undated how many of them were left out because nobody knows when they were submitted
 */
public record ChosenVideos(List<Video> videos, int undated) {

  /** Those with these ids, whatever the service knows of them. */
  public static ChosenVideos named(List<String> videoIds) {
    return new ChosenVideos(
        videoIds.stream().distinct().map(id -> new Video(id, List.of())).toList(), 0);
  }

  /** All of them, or those that somebody has submitted since then. */
  public static ChosenVideos all(ZoetropeClient client, Optional<Instant> since) {
    List<Video> chosen = new ArrayList<>();
    int undated = 0;
    String cursor = null;
    do {
      VideoPage page = client.videos(cursor);
      for (Video video : page.videos()) {
        if (since.isEmpty() || isSubmittedSince(video, since.get())) {
          chosen.add(video);
        } else if (video.submissions().stream().allMatch(s -> s.submitted() == null)) {
          undated++;
        }
      }
      cursor = page.cursor();
    } while (cursor != null);
    return new ChosenVideos(chosen, undated);
  }

  private static boolean isSubmittedSince(Video video, Instant since) {
    return video.submissions().stream()
        .map(VideoPage.Submission::submitted)
        .filter(Objects::nonNull)
        .anyMatch(submitted -> !Instant.parse(submitted).isBefore(since));
  }
}
