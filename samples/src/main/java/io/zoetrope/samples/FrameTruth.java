package io.zoetrope.samples;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/** What is really in one frame: every shape that touches the picture, hindmost first. */
public record FrameTruth(int frame, long ptsMicros, List<TruthObject> objects) {
  private static final int DECIMALS = 3;

  public FrameTruth {
    objects = List.copyOf(objects);
  }

  /**
   * One line of JSON, without the line's end: {@code
   * {"frame":0,"ptsMicros":0,"objects":[{"label":"ring","classId":1,
   * "box":[x,y,width,height],"visible":0.874,"ignored":false}]}}. Numbers are rounded to a
   * thousandth, so that the text is the same on every JDK.
   */
  public String toJson() {
    return objects.stream()
        .map(FrameTruth::toJson)
        .collect(
            Collectors.joining(
                ",",
                "{\"frame\":" + frame + ",\"ptsMicros\":" + ptsMicros + ",\"objects\":[",
                "]}"));
  }

  private static String toJson(TruthObject object) {
    Box box = object.box();
    return "{\"label\":\""
        + object.shape().label()
        + "\",\"classId\":"
        + object.shape().classId()
        + ",\"box\":["
        + String.join(
            ",", decimal(box.x()), decimal(box.y()), decimal(box.width()), decimal(box.height()))
        + "],\"visible\":"
        + decimal(object.visible())
        + ",\"ignored\":"
        + object.ignored()
        + "}";
  }

  private static String decimal(double value) {
    return BigDecimal.valueOf(Math.round(value * 1000), DECIMALS).toPlainString();
  }
}
