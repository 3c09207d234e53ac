package io.zoetrope.schemas;

/**
 * One way in which a topic of a cluster isn't as it is declared.
 *
 * @param property {@code topic} where it isn't there, {@code partitions}, {@code replicas}, or a
 *     key of its configuration
 * @param found what it is
 * @param declared what it is to be
 * @param breaks whether nothing can be worked with it, rather than that it is another's choice
 */
public record TopicDifference(
    String topic, String property, String found, String declared, boolean breaks) {
  /** The property of a topic that isn't there at all. */
  static final String EXISTENCE = "topic";

  static final String MISSING = "missing";
  static final String HIDDEN = "hidden";

  /** Whether it isn't there at all. */
  public boolean isMissing() {
    return property.equals(EXISTENCE) && found.equals(MISSING);
  }

  /** Whether the asker may not see if it is there. */
  public boolean isHidden() {
    return property.equals(EXISTENCE) && found.equals(HIDDEN);
  }

  /** The difference in words. */
  public String sentence() {
    if (isMissing()) {
      return "there is no topic " + topic;
    }
    if (isHidden()) {
      return "this user may not see the topic " + topic;
    }
    return "topic %s: %s is %s, but has to be %s".formatted(topic, property, found, declared);
  }
}
