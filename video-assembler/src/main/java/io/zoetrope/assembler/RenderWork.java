package io.zoetrope.assembler;

/**
 * What a record of the renders' topic asks for. Its methods may take as long as they like, and are
 * called one after the other, on planners' threads.
 */
interface RenderWork {
  /** How far it is. */
  enum Step {
    /** Something else has to happen first: ask again a little later. */
    LATER,
    /** Next comes the work itself, which a process may die of. */
    DUE,
    /** There is nothing more to do. */
    ENDED
  }

  /** Finds out what comes next, and does what is quickly done. */
  Step look();

  /**
   * Does the work itself.
   *
   * @param supervision asked again and again whether nobody wants it any more
   * @throws java.util.concurrent.CancellationException where it was given up
   * @throws RuntimeException for what passes: it has to be done again later
   */
  void carryOut(Supervision supervision);

  /** Says that so many processes died of it, and nothing else is done about it. */
  void giveUp(int deaths);
}
