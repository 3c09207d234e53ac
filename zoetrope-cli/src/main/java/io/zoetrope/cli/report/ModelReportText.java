package io.zoetrope.cli.report;

import io.zoetrope.detector.onnx.ModelReport;
import io.zoetrope.detector.onnx.ModelReport.Detector;
import io.zoetrope.detector.onnx.ModelReport.Tensor;
import io.zoetrope.media.InputFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What people read about a model: a line for each fact, its name in front. */
public final class ModelReportText {
  private static final int WIDTH = 100;
  private static final int FEW_LINES = 2;
  private static final int MANY_LINES = 40;
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Cntrl}]+");

  private final StringBuilder out = new StringBuilder();

  private ModelReportText() {}

  /** The text, in lines that end with a line feed. */
  public static String render(ModelReport report) {
    ModelReportText text = new ModelReportText();
    text.append(report);
    return text.out.toString();
  }

  private void append(ModelReport report) {
    out.append(plain(report.file())).append('\n');
    fact("model", report.modelId());
    report
        .detector()
        .ifPresentOrElse(
            this::append,
            () -> fact("family", report.problem().map(p -> "unusable, " + p.code()).orElse("")));
    facts("input", report.inputs().stream().map(Tensor::toString).toList());
    facts("output", report.outputs().stream().map(Tensor::toString).toList());
    fact("size", Sizes.of(report.bytes()));
    fact("SHA-256", report.sha256());
    fact("opset", opsets(report.opsets()) + "; file format " + report.irVersion());
    fact("written by", report.producer());
    fact("about", report.description());
    facts(
        "metadata",
        new TreeMap<>(report.metadata())
            .entrySet().stream().map(entry -> entry.getKey() + " = " + entry.getValue()).toList());
  }

  private void append(Detector detector) {
    InputFormat pictures = detector.pictures();
    fact("family", detector.family() + ", told " + detector.reason());
    fact(
        "pictures",
        "%dx%d, %s, %s, %s; %d at a time"
            .formatted(
                pictures.width(),
                pictures.height(),
                pictures.rgb() ? "RGB" : "BGR",
                pictures.unitScale() ? "0..1" : "0..255",
                pictures.fit().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                detector.batch()));
    fact("boxes", detector.boxes().toString());
    fact("classes", detector.labels().size() + ": " + String.join(", ", detector.labels()));
  }

  private static String opsets(Map<String, Long> opsets) {
    return opsets.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  private void facts(String name, List<String> values) {
    String title = name;
    for (String value : values) {
      fact(title, value, FEW_LINES);
      title = "";
    }
  }

  private void fact(String name, String value) {
    fact(name, value, MANY_LINES);
  }

  /** Nothing is said about what isn't known. */
  private void fact(String name, String value, int mostLines) {
    String title = name;
    for (String line : value.isBlank() ? List.<String>of() : lines(plain(value), mostLines)) {
      out.append(String.format(Locale.ROOT, "  %-12s%s\n", title, line));
      title = "";
    }
  }

  /** Broken between words, and cut off where it is very long. */
  private static List<String> lines(String text, int most) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (rest.length() > WIDTH && lines.size() < most - 1) {
      int space = rest.lastIndexOf(' ', WIDTH);
      int end = space > 0 ? space : WIDTH;
      lines.add(rest.substring(0, end));
      rest = rest.substring(end).strip();
    }
    lines.add(rest.length() > WIDTH ? rest.substring(0, WIDTH) + " ..." : rest);
    return lines;
  }

  /** A stranger's words, without what would move the cursor. */
  private static String plain(String text) {
    return SPACE.matcher(text).replaceAll(" ").strip();
  }
}
