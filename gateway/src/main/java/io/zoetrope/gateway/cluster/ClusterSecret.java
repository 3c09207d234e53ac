package io.zoetrope.gateway.cluster;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** What the instances of an installation know each other by. It shows in no text. */
public final class ClusterSecret {
  private static final String SCHEME = "Bearer ";

  private final String header;

  /**
   * The secret that all instances were given.
   *
   * @throws IllegalArgumentException where it is blank or can't stand in a header
   */
  public ClusterSecret(String secret) {
    if (secret.isBlank() || !secret.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new IllegalArgumentException(
          "a secret is made of letters, digits and signs of ASCII, without spaces");
    }
    this.header = SCHEME + secret;
  }

  /** For the header {@code Authorization}. */
  public String header() {
    return header;
  }

  /**
   * Whether a request carries this secret. How long that takes says nothing of it.
   *
   * @param authorization the request's header of that name; null where it has none
   */
  public boolean isIn(String authorization) {
    return authorization != null && MessageDigest.isEqual(bytes(header), bytes(authorization));
  }

  @Override
  public String toString() {
    return "the secret of the cluster";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
