package io.zoetrope.assembler.stills;

import java.nio.file.Path;
import java.util.List;

/**
 * A clip that was made.
 *
 * @param file an MP4 file; whoever asked for it deletes it
 * @param notes what isn't as in the original, in sentences
 */
public record Clip(Path file, List<String> notes) {
  /** As HTTP names it. */
  public static final String MEDIA_TYPE = "video/mp4";

  public Clip {
    notes = List.copyOf(notes);
  }
}
