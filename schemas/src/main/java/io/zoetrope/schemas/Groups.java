package io.zoetrope.schemas;

/**
 * The consumer groups of an installation, but for that of the topology, which is Kafka Streams'
 * affair.
 */
public final class Groups {
  /** Takes submissions in. */
  public static final String INTAKE = "zoetrope-intake";

  /** Cuts videos. */
  public static final String SPLITTER = "zoetrope-splitter";

  /** Plan annotated videos, and join their segments. */
  public static final String RENDERS = "zoetrope-renders";

  /** Make the segments. */
  public static final String SEGMENTS = "zoetrope-segments";

  private Groups() {}

  /** The detectors of one model. */
  public static String detector(String modelId) {
    return "zoetrope-detector-" + modelId;
  }
}
