package io.zoetrope.gateway;

import io.javalin.http.Context;
import io.zoetrope.gateway.pictures.PictureQuery.Conceal;
import io.zoetrope.gateway.pictures.PictureQuery.Drawing;
import io.zoetrope.gateway.pictures.PictureQuery.Form;
import io.zoetrope.gateway.pictures.PictureQuery.Format;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a request says of the picture that it wants. */
final class PictureParameters {
  static final int THUMBNAIL_WIDTH = 320;
  static final int SHEET_SIDE = 4;

  private static final int LEAST_WIDTH = 16;
  private static final int MOST_WIDTH = 7680;
  private static final int MOST_SIDE = 12;
  private static final long MARGIN_MICROS = 1_000_000;
  private static final List<String> DRAWING =
      List.of(
          "run", "model", "label", "minConfidence", "colours", "captions", "conceal", "concealed");

  private final Context http;
  private final Parameters parameters;
  private final boolean draws;

  /**
   * Of a picture that can be drawn on.
   *
   * @param own what the request may say beside that
   */
  PictureParameters(Context http, String... own) {
    this(http, true, Stream.concat(Stream.of(own), DRAWING.stream()));
  }

  private PictureParameters(Context http, boolean draws, Stream<String> names) {
    this.http = http;
    this.draws = draws;
    parameters = new Parameters(http, names.toArray(String[]::new));
  }

  /** Of a picture on which nothing is ever drawn. */
  static PictureParameters plain(Context http, String... own) {
    return new PictureParameters(
        http, false, Stream.concat(Stream.of(own), Stream.of("run", "model")));
  }

  /** Null where it isn't given. */
  String text(String name) {
    return parameters.text(name);
  }

  /** A time, which must be given. */
  long micros(String name) {
    Long micros = parameters.micros(name);
    if (micros == null) {
      throw ApiException.parameterInvalid(
          name + " is missing: microseconds since the first displayed frame");
    }
    return micros;
  }

  /** Whether something goes along, which it does unless the request says otherwise. */
  boolean flag(String name) {
    return !Boolean.FALSE.equals(parameters.flag(name));
  }

  /** A number of things in a row. */
  int number(String name, int otherwise) {
    Integer number = parameters.index(name);
    return number == null ? otherwise : within(name, number, 1, MOST_SIDE);
  }

  long margin() {
    Long margin = parameters.micros("margin");
    if (margin != null && margin < 0) {
      throw ApiException.parameterInvalid("margin is how much comes before and after, 0 or more");
    }
    return margin == null ? MARGIN_MICROS : margin;
  }

  int track() {
    String text = http.pathParam("track");
    try {
      return within("the number of a track", Integer.parseInt(text), 1, Integer.MAX_VALUE);
    } catch (NumberFormatException e) {
      throw ApiException.parameterInvalid("a track has a number, from 1, and not " + text);
    }
  }

  Form form(Format otherwise, Integer width) {
    String format = text("format");
    return new Form(
        format == null ? otherwise : choice("format", format, Format.class), width(width));
  }

  Integer width(Integer otherwise) {
    Integer width = parameters.index("width");
    return width == null ? otherwise : (Integer) within("width", width, LEAST_WIDTH, MOST_WIDTH);
  }

  /** Null where nothing is to be drawn: that is so unless a run is named. */
  Drawing drawing(boolean named) {
    if (!draws || !named) {
      requireNoDrawing();
      return null;
    }
    Float minConfidence = parameters.fraction("minConfidence");
    String colours = text("colours");
    String conceal = text("conceal");
    boolean conceals = conceal != null || !parameters.texts("concealed").isEmpty();
    return new Drawing(
        parameters.texts("label"),
        minConfidence == null ? 0 : minConfidence,
        colours != null && choice("colours", colours, ColourBy.class) == ColourBy.TRACK,
        flag("captions"),
        conceal == null
            ? (conceals ? Conceal.PIXELATE : Conceal.NOTHING)
            : choice("conceal", conceal, Conceal.class),
        parameters.texts("concealed"));
  }

  private enum ColourBy {
    LABEL,
    TRACK
  }

  /** What is asked to be concealed must never be shown for the lack of another parameter. */
  private void requireNoDrawing() {
    for (String name : DRAWING.subList(2, DRAWING.size())) {
      if (draws && !parameters.texts(name).isEmpty()) {
        throw ApiException.parameterInvalid(
            name + " is about what a run found; say which with model or run");
      }
    }
  }

  private static int within(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw ApiException.parameterInvalid(
          "%s must be a whole number from %d to %d, but is %d".formatted(name, least, most, value));
    }
    return value;
  }

  private static <E extends Enum<E>> E choice(String name, String text, Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .filter(choice -> word(choice).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                ApiException.parameterInvalid(
                    "%s is one of %s, but is %s"
                        .formatted(
                            name,
                            String.join(
                                ", ",
                                Arrays.stream(type.getEnumConstants())
                                    .map(PictureParameters::word)
                                    .toList()),
                            text)));
  }

  private static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
