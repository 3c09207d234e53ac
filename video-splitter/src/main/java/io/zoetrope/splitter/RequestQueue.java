package io.zoetrope.splitter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The requests of one partition that nobody has begun with, in the order in which they came. Used
 * by one thread.
 */
final class RequestQueue<V> {
  private final Deque<Request<V>> waiting = new ArrayDeque<>();

  void add(Request<V> request) {
    waiting.add(request);
  }

  /** Gives back what was taken, to be taken before all others. */
  void putBack(List<Request<V>> requests) {
    for (int i = requests.size() - 1; i >= 0; i--) {
      waiting.addFirst(requests.get(i));
    }
  }

  int size() {
    return waiting.size();
  }

  /**
   * Removes the first request for a split that isn't {@code busy}, and all others for that split;
   * none where every one has to wait.
   */
  List<Request<V>> takeNext(Collection<String> busy) {
    List<Request<V>> taken = new ArrayList<>();
    for (Iterator<Request<V>> requests = waiting.iterator(); requests.hasNext(); ) {
      Request<V> request = requests.next();
      boolean fits =
          taken.isEmpty()
              ? !busy.contains(request.split())
              : request.split().equals(taken.get(0).split());
      if (fits) {
        taken.add(request);
        requests.remove();
      }
    }
    return taken;
  }
}
