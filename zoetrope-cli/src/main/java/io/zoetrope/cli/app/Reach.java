package io.zoetrope.cli.app;

import java.net.URI;

/** Where something that listens can be reached from this machine. */
final class Reach {
  private static final String EVERY_ADDRESS = "0.0.0.0";
  private static final String LOOPBACK = "127.0.0.1";

  private Reach() {}

  /** Whoever listens on every address can be reached on the loopback's, too. */
  static URI url(String host, int port) {
    return URI.create("http://" + (host.equals(EVERY_ADDRESS) ? LOOPBACK : host) + ":" + port);
  }
}
