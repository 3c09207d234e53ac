package io.zoetrope.schemas;

import io.zoetrope.events.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The parts of a filter as people write them in a query or a setting: {@code car,person}, {@code
 * car:0.5,person:0.4}, {@code 0.1,0.2,0.9,0.2,0.5,0.8}. A comma within a label has a backslash
 * before it; spaces around commas don't count. An empty text is an empty list. Only the form is
 * checked here. Every method throws {@link IllegalArgumentException} for another form.
 */
public final class FilterText {
  private FilterText() {}

  /** Labels, separated by commas. */
  public static List<String> labels(String text) {
    List<String> labels = new ArrayList<>();
    StringBuilder label = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        i++;
        label.append(text.charAt(i));
      } else if (c == ',') {
        labels.add(label.toString().strip());
        label.setLength(0);
      } else {
        label.append(c);
      }
    }
    labels.add(label.toString().strip());
    if (labels.equals(List.of(""))) {
      return List.of();
    }
    require(!labels.contains(""), "there is nothing between two commas");
    return labels;
  }

  /** Labels with a number each, {@code LABEL:NUMBER}, separated by commas. */
  public static Map<String, Float> confidences(String text) {
    Map<String, Float> confidences = new TreeMap<>();
    for (String item : labels(text)) {
      int colon = item.lastIndexOf(':');
      require(colon > 0, "there is no number at " + item);
      String label = item.substring(0, colon).strip();
      Float former = confidences.put(label, number(item.substring(colon + 1)));
      require(former == null, label + " is there twice");
    }
    return confidences;
  }

  /** The corners of a polygon, x,y,x,y,…, separated by commas. */
  public static List<Point> region(String text) {
    if (text.isBlank()) {
      return List.of();
    }
    String[] numbers = text.split(",", -1);
    require(numbers.length % 2 == 0, "a corner lacks its y");
    List<Point> corners = new ArrayList<>();
    for (int i = 0; i < numbers.length; i += 2) {
      corners.add(new Point(number(numbers[i]), number(numbers[i + 1])));
    }
    return corners;
  }

  private static float number(String text) {
    try {
      return Float.parseFloat(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text.strip() + "' is no number", e);
    }
  }

  private static void require(boolean valid, String otherwise) {
    if (!valid) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
