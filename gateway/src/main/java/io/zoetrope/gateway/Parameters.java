package io.zoetrope.gateway;

import io.javalin.http.Context;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The query parameters of one request; what is misspelt or can't be read is refused by name. */
final class Parameters {
  private final Context http;

  /**
   * The parameters of a request.
   *
   * @param known every name that the request may use
   */
  Parameters(Context http, String... known) {
    this.http = http;
    requireReadable(http.queryString());
    Set<String> unknown = new TreeSet<>(http.queryParamMap().keySet());
    unknown.removeAll(Arrays.asList(known));
    if (!unknown.isEmpty()) {
      throw ApiException.parameterInvalid(
          "there is no parameter %s here; there are: %s"
              .formatted(String.join(", ", unknown), String.join(", ", known)));
    }
  }

  // Javalin drops what it can't decode, and the request would mean something else.
  private static void requireReadable(String query) {
    try {
      URLDecoder.decode(query == null ? "" : query, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiException.parameterInvalid("the query can't be decoded: " + e.getMessage());
    }
  }

  /** Null where it isn't given. */
  String text(String name) {
    List<String> values = http.queryParams(name);
    if (values.size() > 1) {
      throw ApiException.parameterInvalid(name + " is given more than once");
    }
    return values.isEmpty() ? null : values.get(0);
  }

  Set<String> texts(String name) {
    return new LinkedHashSet<>(http.queryParams(name));
  }

  /** Null where it isn't given. */
  Long micros(String name) {
    String text = text(name);
    try {
      return text == null ? null : Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw ApiException.parameterInvalid(
          "%s must be a whole number of microseconds, but is %s".formatted(name, text));
    }
  }

  /** Null where it isn't given. */
  Float fraction(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    try {
      return Wishes.fraction(name, Float.parseFloat(text));
    } catch (NumberFormatException e) {
      throw ApiException.parameterInvalid(
          "%s must be a number from 0 to 1, but is %s".formatted(name, text));
    }
  }

  /** Null where it isn't given. */
  Integer index(String name) {
    String text = text(name);
    try {
      return text == null ? null : Integer.valueOf(text);
    } catch (NumberFormatException e) {
      throw ApiException.parameterInvalid(
          "%s must be a whole number from 0, but is %s".formatted(name, text));
    }
  }

  /** Null where it isn't given. */
  Double number(String name) {
    return parsed(name, Double::valueOf);
  }

  /**
   * Null where it isn't given.
   *
   * @param parse throws {@link IllegalArgumentException} for what it can't read
   */
  <T> T parsed(String name, Function<String, T> parse) {
    String text = text(name);
    try {
      return text == null ? null : parse.apply(text);
    } catch (NumberFormatException e) {
      throw ApiException.parameterInvalid("%s must be a number, but is %s".formatted(name, text));
    } catch (IllegalArgumentException e) {
      throw ApiException.parameterInvalid("%s is %s: %s".formatted(name, text, e.getMessage()));
    }
  }

  /** Null where it isn't given. */
  Boolean flag(String name) {
    String text = text(name);
    if (text == null || text.equals("true") || text.equals("false")) {
      return text == null ? null : Boolean.valueOf(text);
    }
    throw ApiException.parameterInvalid(
        "%s must be true or false, but is %s".formatted(name, text));
  }

  int limit(int otherwise, int most) {
    String text = text("limit");
    if (text == null) {
      return otherwise;
    }
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= most) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // Refused below, like any other number that is out of range.
    }
    throw ApiException.parameterInvalid(
        "limit must be a whole number from 1 to %d, but is %s".formatted(most, text));
  }
}
