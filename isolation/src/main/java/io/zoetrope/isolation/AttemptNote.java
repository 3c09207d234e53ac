package io.zoetrope.isolation;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a committed offset's metadata says about the records from there on: {@code attempts OWNER 0+
 * 3:1 4:2+} are the first, the fourth and the fifth, the last two of which were in hand when one
 * and two processes died; what has a plus is in the hands of OWNER. No more than fits into a
 * broker's default {@code offset.metadata.max.bytes}.
 *
 * @param owner names a process, one life of it
 */
public record AttemptNote(String owner, List<Attempt> attempts) {
  private static final String PREFIX = "attempts ";
  private static final int MAX_LENGTH = 4000;
  private static final Pattern ENTRY = Pattern.compile("(\\d{1,18})(?::(\\d{1,9}))?(\\+?)");

  public AttemptNote {
    attempts = List.copyOf(attempts);
  }

  /** The metadata of a commit of {@code offset}; empty where there is nothing to say. */
  public String format(long offset) {
    StringBuilder text = new StringBuilder(PREFIX).append(owner);
    int empty = text.length();
    for (Attempt attempt : attempts) {
      String entry =
          " "
              + (attempt.offset() - offset)
              + (attempt.deaths() > 0 ? ":" + attempt.deaths() : "")
              + (attempt.inHand() ? "+" : "");
      if (text.length() + entry.length() > MAX_LENGTH) {
        break;
      }
      text.append(entry);
    }
    return text.length() == empty ? "" : text.toString();
  }

  /** What the metadata of a commit of {@code offset} says; nothing where it isn't ours. */
  public static AttemptNote parse(String metadata, long offset) {
    List<Attempt> attempts = new ArrayList<>();
    if (metadata == null || !metadata.startsWith(PREFIX)) {
      return new AttemptNote("", attempts);
    }
    String[] words = metadata.substring(PREFIX.length()).split(" ", -1);
    for (int i = 1; i < words.length; i++) {
      Matcher entry = ENTRY.matcher(words[i]);
      if (entry.matches()) {
        attempts.add(
            new Attempt(
                offset + Long.parseLong(entry.group(1)),
                entry.group(2) == null ? 0 : Integer.parseInt(entry.group(2)),
                !entry.group(3).isEmpty()));
      }
    }
    return new AttemptNote(words[0], attempts);
  }

  /**
   * How many processes died with which record in hand, as {@code reader}, who has the partition
   * now, must assume: whoever else had one in hand would have said so if it had let go of it.
   */
  public NavigableMap<Long, Integer> deaths(String reader) {
    NavigableMap<Long, Integer> deaths = new TreeMap<>();
    for (Attempt attempt : attempts) {
      int count = attempt.deaths() + (attempt.inHand() && !owner.equals(reader) ? 1 : 0);
      if (count > 0) {
        deaths.put(attempt.offset(), count);
      }
    }
    return deaths;
  }
}
