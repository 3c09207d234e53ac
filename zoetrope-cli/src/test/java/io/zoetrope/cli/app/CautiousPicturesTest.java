package io.zoetrope.cli.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.zoetrope.gateway.pictures.PictureException;
import io.zoetrope.gateway.pictures.PictureQuery;
import io.zoetrope.gateway.pictures.PictureQuery.Form;
import io.zoetrope.gateway.pictures.PictureQuery.Format;
import io.zoetrope.gateway.pictures.PictureQuery.View;
import io.zoetrope.gateway.pictures.Rendered;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CautiousPicturesTest {
  @TempDir private Path folder;
  private final List<String> made = new CopyOnWriteArrayList<>();
  private Instant now = Instant.now();

  @Test
  void shouldMakeOnceMoreWhatAProcessDiedOf() {
    open().begin("killer");

    CautiousPictures next = pictures();
    next.make(poster("killer"));
    next.make(poster("killer"));

    assertThat(made).containsExactly("killer", "killer");
    assertThat(folder).as("it is cleared").isEmptyDirectory();
    assertThat(open().of("killer")).isZero();
  }

  @Test
  void shouldMakeNoneOfWhatASecondProcessDiedOf() {
    open().begin("killer");
    open().begin("killer");

    CautiousPictures third = pictures();

    assertThatExceptionOfType(PictureException.class)
        .isThrownBy(() -> third.make(poster("killer")))
        .withMessage(
            "Two processes ended while they made a picture of this video, the second one of no other; convert it.")
        .extracting(PictureException::code)
        .isEqualTo("MEDIA_CRASHED");
    third.make(poster("another"));
    assertThat(made).containsExactly("another");
  }

  @Test
  void shouldCountOneDeathForAllPicturesThatWereMadeOfAVideo() {
    PictureDeaths first = open();
    first.begin("killer");
    first.begin("killer");
    first.begin("bystander");

    PictureDeaths second = open();

    assertThat(second.of("killer")).isEqualTo(1);
    assertThat(second.of("bystander")).isEqualTo(1);
    assertThat(second.of("another")).isZero();
  }

  @Test
  void shouldForgetAfterADay() {
    open().begin("killer");
    open().begin("killer");
    now = now.plus(Duration.ofHours(23));
    assertThat(open().of("killer")).isEqualTo(2);

    now = now.plus(Duration.ofHours(2));

    assertThat(open().of("killer")).isZero();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void shouldClearWhatCannotBeMadeAndKillsNobody() {
    open().begin("empty");
    CautiousPictures next =
        new CautiousPictures(
            query -> {
              throw new PictureException("MEDIA_NO_VIDEO", "There is nothing to see.");
            },
            open());

    assertThatExceptionOfType(PictureException.class)
        .isThrownBy(() -> next.make(poster("empty")))
        .extracting(PictureException::code)
        .isEqualTo("MEDIA_NO_VIDEO");

    assertThat(open().of("empty")).isZero();
  }

  @Test
  void shouldMakeASuspectWhileNoOtherIsMade() throws InterruptedException {
    open().begin("suspect");
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    CautiousPictures next =
        new CautiousPictures(
            query -> {
              if (query.view().videoId().equals("slow")) {
                begun.countDown();
                awaitQuietly(released);
              }
              return made(query);
            },
            open());

    Thread slow = start(next, "slow");
    begun.await();
    Thread suspect = start(next, "suspect");
    while (suspect.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    released.countDown();
    slow.join();
    suspect.join();

    assertThat(made).containsExactly("slow", "suspect");
  }

  private static Thread start(CautiousPictures pictures, String videoId) {
    Thread thread = new Thread(() -> pictures.make(poster(videoId)));
    thread.start();
    return thread;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void shouldMakePicturesWhereNothingCanBePutOnRecord() throws Exception {
    CautiousPictures pictures = pictures();
    Files.delete(folder);

    pictures.make(poster("video"));

    assertThat(made).containsExactly("video");
  }

  private PictureDeaths open() {
    return PictureDeaths.open(folder, () -> now);
  }

  private CautiousPictures pictures() {
    return new CautiousPictures(this::made, open());
  }

  private static PictureQuery poster(String videoId) {
    return new PictureQuery.Poster(
        new View(videoId, "file:///" + videoId, null, null, null), new Form(Format.PNG, null));
  }

  private Rendered made(PictureQuery query) {
    made.add(query.view().videoId());
    return Rendered.of("image/png", new byte[] {1}, null);
  }
}
