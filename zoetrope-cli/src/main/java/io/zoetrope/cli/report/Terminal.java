package io.zoetrope.cli.report;

import org.jline.nativ.CLibrary;

/** What the error stream is connected to. */
public interface Terminal {
  boolean isTerminal();

  /** The width at the moment; people resize windows. */
  int columns();

  /** The terminal behind file descriptor 2, if one is. */
  static Terminal ofErrorStream() {
    return new ErrorStream();
  }

  /** Asks the C library. */
  final class ErrorStream implements Terminal {
    private static final int STDERR = 2;
    private static final int USUAL_COLUMNS = 80;

    private final boolean terminal = isTty() && !"dumb".equals(System.getenv("TERM"));

    private static boolean isTty() {
      try {
        return CLibrary.isatty(STDERR) == 1;
      } catch (LinkageError noLibraryForThisPlatform) {
        return false;
      }
    }

    @Override
    public boolean isTerminal() {
      return terminal;
    }

    @Override
    public int columns() {
      CLibrary.WinSize size = new CLibrary.WinSize();
      boolean known = CLibrary.ioctl(STDERR, CLibrary.TIOCGWINSZ, size) == 0 && size.ws_col > 0;
      return known ? size.ws_col : USUAL_COLUMNS;
    }
  }
}
