package io.zoetrope.detector.family;

import java.util.Map;
import java.util.TreeMap;

/**
 * Reads class names as exporters write them: a Python dictionary ({@code {0: 'person', 1:
 * "it's"}}), a JSON object ({@code {"0": "person"}}) or a list in either language.
 */
final class NamesParser {
  private final String text;
  private int position;

  NamesParser(String text) {
    this.text = text;
  }

  /**
   * Names by class id.
   *
   * @throws IllegalArgumentException where the text is none of these
   */
  Map<Integer, String> parse() {
    Map<Integer, String> names = new TreeMap<>();
    boolean list = peek() == '[';
    char end = list ? ']' : '}';
    expect(list ? '[' : '{');
    while (peek() != end) {
      int id = list ? names.size() : key();
      if (names.put(id, string()) != null) {
        throw new IllegalArgumentException("class " + id + " has two names");
      }
      if (peek() != end) {
        expect(',');
      }
    }
    expect(end);
    if (peek() != 0) {
      throw unexpected();
    }
    return names;
  }

  private int key() {
    String digits = isQuote(peek()) ? string() : number();
    expect(':');
    return Integer.parseInt(digits);
  }

  private String number() {
    int start = position;
    while (position < text.length() && Character.isDigit(text.charAt(position))) {
      position++;
    }
    return text.substring(start, position);
  }

  private String string() {
    char quote = peek();
    if (!isQuote(quote)) {
      throw unexpected();
    }
    StringBuilder string = new StringBuilder();
    for (position++; next() != quote; position++) {
      if (next() == '\\') {
        position++;
        appendEscaped(string);
      } else {
        string.append(next());
      }
    }
    position++;
    return string.toString();
  }

  private void appendEscaped(StringBuilder string) {
    switch (next()) {
      case 'n' -> string.append('\n');
      case 't' -> string.append('\t');
      case 'r' -> string.append('\r');
      case 'x' -> string.append(codePoint(2));
      case 'u' -> string.append(codePoint(4));
      case 'U' -> string.append(codePoint(8));
      default -> string.append(next());
    }
  }

  private String codePoint(int digits) {
    int start = position + 1;
    if (start + digits > text.length()) {
      throw unexpected();
    }
    position += digits;
    return Character.toString(Integer.parseInt(text, start, start + digits, 16));
  }

  private char next() {
    if (position == text.length()) {
      throw new IllegalArgumentException("they end in the middle of a name");
    }
    return text.charAt(position);
  }

  /** The next character that isn't space, or 0 at the end. */
  private char peek() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
    return position == text.length() ? 0 : text.charAt(position);
  }

  private void expect(char expected) {
    if (peek() != expected) {
      throw unexpected();
    }
    position++;
  }

  private static boolean isQuote(char c) {
    return c == '\'' || c == '"';
  }

  private IllegalArgumentException unexpected() {
    return new IllegalArgumentException("something unexpected at character " + position);
  }
}
