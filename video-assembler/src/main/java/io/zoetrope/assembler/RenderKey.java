package io.zoetrope.assembler;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whose a record of the renders' topic is, as its key says. */
record RenderKey(String videoId, String renderId) {
  private static final Pattern FORM = Pattern.compile("([^/]+)/([^/]+)");

  /** Empty where the key isn't one of a render. */
  static Optional<RenderKey> of(String key) {
    Matcher parts = FORM.matcher(key);
    return parts.matches()
        ? Optional.of(new RenderKey(parts.group(1), parts.group(2)))
        : Optional.empty();
  }
}
