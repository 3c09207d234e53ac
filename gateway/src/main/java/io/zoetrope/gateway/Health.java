package io.zoetrope.gateway;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * What must work. Checks are asked on every request and answer at once.
 *
 * @param live what only a restart can mend, by name
 * @param ready what requests need, by name
 */
public record Health(Map<String, BooleanSupplier> live, Map<String, BooleanSupplier> ready) {
  private static final String UP = "UP";
  private static final String DOWN = "DOWN";

  public Health {
    live = Collections.unmodifiableMap(new TreeMap<>(live));
    ready = Collections.unmodifiableMap(new TreeMap<>(ready));
  }

  /** This and the other; where both have a check of one name, the other's. */
  public Health and(Health other) {
    Map<String, BooleanSupplier> allLive = new TreeMap<>(live);
    allLive.putAll(other.live);
    Map<String, BooleanSupplier> allReady = new TreeMap<>(ready);
    allReady.putAll(other.ready);
    return new Health(allLive, allReady);
  }

  /** Whether every check of {@link #ready} says so. */
  public boolean isReady() {
    return Report.of(ready).up();
  }

  record Report(String status, Map<String, String> checks) {
    boolean up() {
      return status.equals(UP);
    }

    static Report of(Map<String, BooleanSupplier> checks) {
      Map<String, String> outcomes = new LinkedHashMap<>();
      checks.forEach((name, check) -> outcomes.put(name, check.getAsBoolean() ? UP : DOWN));
      return new Report(outcomes.containsValue(DOWN) ? DOWN : UP, outcomes);
    }
  }
}
