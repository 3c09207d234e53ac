package io.zoetrope.assembler;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Which segments of a process are made at the same time: one that was in hand when a process died
 * is made alone, so that it is no other's fault if this one dies, too. Any thread.
 */
final class Company {
  private final Set<Object> waitAlone = new LinkedHashSet<>();
  private int atWork;
  private boolean alone;

  /**
   * Whether {@code who} may begin now; else it asks again later. Nobody else may as long as
   * somebody waits to be alone.
   *
   * @param suspect whether it has to be alone
   */
  synchronized boolean admits(Object who, boolean suspect) {
    if (suspect) {
      waitAlone.add(who);
      if (atWork > 0 || !waitAlone.iterator().next().equals(who)) {
        return false;
      }
      waitAlone.remove(who);
      alone = true;
    } else if (alone || !waitAlone.isEmpty()) {
      return false;
    }
    atWork++;
    return true;
  }

  /** One that was admitted is done. */
  synchronized void leave() {
    atWork--;
    alone = false;
  }

  /** One that wasn't admitted doesn't want to be any more. */
  synchronized void withdraw(Object who) {
    waitAlone.remove(who);
  }
}
