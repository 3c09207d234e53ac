package io.zoetrope.assembler.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoetrope.events.AnnotatedFrame;
import io.zoetrope.events.AnnotatedObject;
import io.zoetrope.events.ColourBy;
import io.zoetrope.events.Concealment;
import io.zoetrope.events.FrameStatus;
import io.zoetrope.events.Point;
import io.zoetrope.events.RenderStyle;
import io.zoetrope.events.Zone;
import io.zoetrope.events.ZoneCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AnnotationsTest {
  private static final long FRAME = 40_000;
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;

  @Test
  void shouldDrawEverythingByDefault() {
    Script script =
        new Annotations(style()).next(List.of(frame(0, car(0.9f, 100), person(0.3f, 400))));

    assertThat(script.labels()).containsExactly("person", "", "car");
    assertThat(script.frames())
        .containsExactly(
            annotated(0, List.of(object(2, 0.9f, 1, 100), object(0, 0.3f, 0, 400)), List.of()));
  }

  @Test
  void shouldDrawChosenLabelsFromAConfidenceOn() {
    RenderStyle style = style();
    style.setLabels(List.of("car"));
    style.setMinConfidence(0.5f);

    Script script =
        new Annotations(style)
            .next(
                List.of(frame(0, car(0.9f, 100), person(0.8f, 400), car(0.5f, 500), car(0.4f, 9))));

    assertThat(script.frames().get(0).getObjects())
        .containsExactly(object(2, 0.9f, 1, 100), object(2, 0.5f, 2, 500));
  }

  @Test
  void shouldKeepToATrackThroughDetectionsThatAreNotDrawn() {
    RenderStyle style = style();
    style.setMinConfidence(0.5f);
    Annotations annotations = new Annotations(style);

    Script script =
        annotations.next(
            List.of(frame(0, car(0.9f, 100)), frame(1, car(0.3f, 104)), frame(2, car(0.9f, 108))));

    assertThat(script.frames().get(1).getObjects()).isEmpty();
    assertThat(script.frames().get(2).getObjects()).containsExactly(object(2, 0.9f, 1, 108));
  }

  @Test
  void shouldConcealWhomNobodyBoxes() {
    RenderStyle style = style();
    style.setLabels(List.of("car"));
    style.setMinConfidence(0.5f);
    style.setConceal(Concealment.PIXELATE);
    style.setConcealed(List.of("person"));
    Choice choice = new Choice(style);

    Script script = new Annotations(style).next(List.of(frame(0, person(0.3f, 100))));

    assertThat(script.frames().get(0).getObjects()).containsExactly(object(0, 0.3f, 0, 100));
    assertThat(choice.conceals("person")).isTrue();
    assertThat(choice.conceals("car")).isFalse();
    assertThat(choice.outlines("person", 0.9f)).isFalse();
    assertThat(choice.outlines("car", 0.4f)).isFalse();
    assertThat(choice.outlines("car", 0.5f)).isTrue();
  }

  @Test
  void shouldConcealOnWhereAnObjectIsMissedForAMoment() {
    RenderStyle style = style();
    style.setConceal(Concealment.BLUR);
    Annotations annotations = new Annotations(style);
    List<RunFrame> frames = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      frames.add(frame(i, person(0.9f, 100 + 5 * i)));
    }
    annotations.next(frames);

    Script script = annotations.next(List.of(frame(20), frame(21), frame(40)));

    List<AnnotatedObject> presumed = script.frames().get(1).getObjects();
    assertThat(presumed).hasSize(1);
    assertThat(presumed.get(0).getConfidence()).isEqualTo(Annotations.PRESUMED);
    assertThat(presumed.get(0).getX()).isBetween(202f, 208f);
    assertThat(new Choice(style).outlines("person", Annotations.PRESUMED)).isFalse();
    assertThat(script.frames().get(2).getObjects()).isEmpty();
  }

  @Test
  void shouldPresumeNothingWhereNothingIsConcealed() {
    Annotations annotations = new Annotations(style());
    annotations.next(List.of(frame(0, person(0.9f, 100)), frame(1, person(0.9f, 100))));

    assertThat(annotations.next(List.of(frame(2))).frames().get(0).getObjects()).isEmpty();
  }

  @Test
  void shouldLeadInWithTheFramesThatTrailsComeFrom() {
    RenderStyle style = style();
    style.setTrailMicros(2 * FRAME);
    style.setZones(List.of(zone("left", 0f, 0f, 0.5f, 0f, 0.5f, 1f)));
    Annotations annotations = new Annotations(style);
    annotations.next(
        List.of(
            frame(0, car(0.9f, 100)),
            frame(1, car(0.9f, 104), person(0.3f, 400)),
            frame(2, car(0.9f, 108))));

    Script script = annotations.next(List.of(frame(3, car(0.9f, 112))));

    assertThat(script.frames().stream().map(AnnotatedFrame::getFrame)).containsExactly(1L, 2L, 3L);
    // What has no track leaves no trail, and nothing is counted twice
    assertThat(script.frames().get(0))
        .isEqualTo(annotated(1, List.of(object(2, 0.9f, 1, 104)), List.of()));
  }

  @Test
  void shouldBeTheSameHoweverTheFramesAreHandedOver() {
    RenderStyle style = style();
    style.setTrailMicros(5 * FRAME);
    List<RunFrame> frames = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      frames.add(frame(i, car(0.9f, 100 + 4 * i), person(i % 7 == 0 ? 0.3f : 0.8f, 400 - i)));
    }
    List<AnnotatedFrame> whole = new Annotations(style).next(frames).frames();

    Annotations annotations = new Annotations(style);
    List<AnnotatedFrame> pieces = new ArrayList<>();
    for (int from = 0; from < frames.size(); from += 13) {
      List<RunFrame> piece = frames.subList(from, Math.min(from + 13, frames.size()));
      List<AnnotatedFrame> script = annotations.next(piece).frames();
      pieces.addAll(script.subList(script.size() - piece.size(), script.size()));
    }

    assertThat(pieces).isEqualTo(whole);
  }

  @Test
  void shouldNameTheFailureOfAFrameAndGoOnBehindIt() {
    RenderStyle style = style();
    style.setZones(List.of(zone("left", 0f, 0f, 0.5f, 0f, 0.5f, 1f, 0f, 1f)));
    Annotations annotations = new Annotations(style);

    Script script =
        annotations.next(
            List.of(frame(0, car(0.9f, 100)), failed(1, "BATCH_LOST"), frame(2, car(0.9f, 106))));

    AnnotatedFrame failed = script.frames().get(1);
    assertThat(failed.getFailure()).isEqualTo("BATCH_LOST");
    assertThat(failed.getStatus()).isEqualTo(FrameStatus.FAILED);
    assertThat(failed.getPtsMicros()).isNull();
    assertThat(failed.getObjects()).isEmpty();
    assertThat(failed.getZones()).containsExactly(new ZoneCount(1, 1));
    assertThat(script.frames().get(2).getObjects()).containsExactly(object(2, 0.9f, 1, 106));
  }

  @Test
  void shouldCountTracksInZonesThoughNoneIsShown() {
    RenderStyle style = style();
    style.setTracks(false);
    style.setMinConfidence(0.5f);
    style.setZones(List.of(zone("left", 0f, 0f, 0.5f, 0f, 0.5f, 1f, 0f, 1f)));
    Annotations annotations = new Annotations(style);

    Script script =
        annotations.next(
            List.of(
                frame(0, car(0.9f, 100), person(0.3f, 200)),
                frame(1, car(0.9f, 104), car(0.8f, 220)),
                frame(2, car(0.9f, 108), car(0.8f, 222))));

    assertThat(script.frames().stream().map(frame -> frame.getZones().get(0)))
        .containsExactly(new ZoneCount(1, 1), new ZoneCount(2, 1), new ZoneCount(2, 2));
    assertThat(script.frames())
        .allSatisfy(
            frame ->
                assertThat(frame.getObjects())
                    .allSatisfy(object -> assertThat(object.getTrack()).isZero()));
  }

  @Test
  void shouldFollowThroughAChangeOfThePicturesSize() {
    Annotations annotations = new Annotations(style());
    RunObject small = new RunObject("car", 2, 0.9f, 52, 50, 40, 25);
    annotations.next(List.of(frame(0, car(0.9f, 100))));

    Script script =
        annotations.next(
            List.of(
                new RunFrame(
                    1,
                    OptionalLong.of(FRAME),
                    FrameStatus.PROCESSED,
                    Optional.empty(),
                    WIDTH / 2,
                    HEIGHT / 2,
                    List.of(small))));

    assertThat(script.frames().get(0).getObjects())
        .containsExactly(new AnnotatedObject(2, 0.9f, 1, 52f, 50f, 40f, 25f));
  }

  private static RenderStyle style() {
    return new RenderStyle(
        List.of(), 0f, ColourBy.LABEL, true, true, 0L, Concealment.NOTHING, List.of(), List.of());
  }

  private static Zone zone(String name, float... coordinates) {
    List<Point> corners = new ArrayList<>();
    for (int i = 0; i < coordinates.length; i += 2) {
      corners.add(new Point(coordinates[i], coordinates[i + 1]));
    }
    return new Zone(name, corners);
  }

  private static RunFrame frame(long index, RunObject... objects) {
    return new RunFrame(
        index,
        OptionalLong.of(index * FRAME),
        FrameStatus.PROCESSED,
        Optional.empty(),
        WIDTH,
        HEIGHT,
        List.of(objects));
  }

  private static RunFrame failed(long index, String code) {
    return new RunFrame(
        index, OptionalLong.empty(), FrameStatus.FAILED, Optional.of(code), 0, 0, List.of());
  }

  private static RunObject car(float confidence, float x) {
    return new RunObject("car", 2, confidence, x, 100, 80, 50);
  }

  private static RunObject person(float confidence, float x) {
    return new RunObject("person", 0, confidence, x, 100, 80, 50);
  }

  private static AnnotatedObject object(int classId, float confidence, int track, float x) {
    return new AnnotatedObject(classId, confidence, track, x, 100f, 80f, 50f);
  }

  private static AnnotatedFrame annotated(
      long index, List<AnnotatedObject> objects, List<ZoneCount> zones) {
    return new AnnotatedFrame(
        index, index * FRAME, FrameStatus.PROCESSED, null, WIDTH, HEIGHT, objects, zones);
  }
}
