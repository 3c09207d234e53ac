package io.zoetrope.assembler.tracking;

/** One object over time. */
final class Track {
  /** What is known of an object. */
  enum State {
    /** Seen once, which may have been an error. */
    TENTATIVE,
    /** Seen in the last frame. */
    FOLLOWED,
    /** Seen more than once, but not in the last frame. */
    LOST
  }

  /** Where a video's times don't go on, nobody is waited for for ever. */
  private static final int MOST_UNSEEN_FRAMES = 600;

  private final long firstFrame;
  private final Motion motion;
  private State state;
  private long seenFrame;
  private long seenMicros;
  private int number;

  Track(Rectangle box, long frame, long micros, State state) {
    motion = new Motion(box);
    firstFrame = frame;
    seenFrame = frame;
    seenMicros = micros;
    this.state = state;
  }

  State state() {
    return state;
  }

  /** From 1, or 0 as long as it has none. */
  int number() {
    return number;
  }

  void number(int given) {
    number = given;
  }

  Rectangle box() {
    return motion.box();
  }

  /** Whether it was first seen after the other one was last seen. */
  boolean isSuccessorOf(Track other) {
    return firstFrame > other.seenFrame;
  }

  void predict(long micros) {
    motion.predict(micros);
  }

  void see(Rectangle box, long frame, long micros) {
    motion.correct(box);
    state = State.FOLLOWED;
    seenFrame = frame;
    seenMicros = micros;
  }

  void miss() {
    motion.keepSize();
    state = State.LOST;
  }

  /** Microseconds since it was seen. */
  long unseen(long micros) {
    return micros - seenMicros;
  }

  boolean isForgotten(long frame, long micros, TrackerOptions options) {
    long frames = frame - seenFrame;
    return frames > MOST_UNSEEN_FRAMES
        || (frames > options.lostFrames() && unseen(micros) > options.lostMicros());
  }
}
