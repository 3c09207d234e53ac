package io.zoetrope.catalogue;

import java.util.Optional;
import java.util.OptionalLong;

/** Hears how a pull goes on; called by the thread that pulls. */
public interface PullListener {
  /**
   * The model isn't here and is going to be pulled.
   *
   * @param sha256 that it has to have; empty where it is going to be pinned
   * @param here bytes of it that an earlier pull left behind
   */
  void begin(CatalogueEntry entry, Optional<String> sha256, long here);

  /**
   * Bytes have come.
   *
   * @param fetched by this pull
   * @param here of the file, those of an earlier pull included
   * @param total of the file, where it is known
   */
  void progress(long fetched, long here, OptionalLong total);

  /** Something that people wonder about otherwise, in a sentence without its full stop. */
  void note(String sentence);
}
