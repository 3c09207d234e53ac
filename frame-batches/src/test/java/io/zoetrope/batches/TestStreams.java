package io.zoetrope.batches;

import io.zoetrope.media.Rational;
import io.zoetrope.media.VideoStream;
import java.nio.ByteBuffer;
import java.util.List;

/** Streams that tests speak of. */
final class TestStreams {
  private TestStreams() {}

  static VideoStream media() {
    Rational one = new Rational(1, 1);
    return new VideoStream(
        0,
        "h264",
        0,
        "yuv420p",
        640,
        360,
        100,
        30,
        2,
        "progressive",
        24,
        8,
        "tv",
        "bt709",
        "bt709",
        "bt709",
        "left",
        one,
        new Rational(1, 12800),
        new Rational(25, 1),
        ByteBuffer.allocate(0),
        List.of(),
        0);
  }

  static io.zoetrope.events.VideoStream event() {
    return FrameBatchEvents.of(media());
  }
}
