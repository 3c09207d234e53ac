package io.zoetrope.gateway.pictures;

/** Makes pictures and clips of videos, here or on another machine. Any thread. */
@FunctionalInterface
public interface Pictures {
  /**
   * Makes one, which may take as long as it takes to decode it; the caller closes it.
   *
   * @throws PictureException where it can't be made
   */
  Rendered make(PictureQuery query);
}
