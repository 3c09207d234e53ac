package io.zoetrope.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a media store lies in an object store: {@code s3://bucket/prefix}, and behind a question
 * mark {@code endpoint} and {@code region} where they aren't those that the environment says.
 * Credentials are the environment's affair, as with every AWS tool.
 */
record S3Address(S3Location root, Optional<URI> endpoint, Optional<String> region) {
  private static final String ENDPOINT = "endpoint";
  private static final String REGION = "region";

  /**
   * Reads the address.
   *
   * @throws MediaStoreException {@code CONFIG_INVALID}
   */
  static S3Address of(URI uri) {
    try {
      Map<String, String> options = options(uri);
      Optional<URI> endpoint = Optional.ofNullable(options.remove(ENDPOINT)).map(URI::create);
      Optional<String> region = Optional.ofNullable(options.remove(REGION));
      if (!options.isEmpty() || endpoint.filter(url -> url.getHost() == null).isPresent()) {
        throw new IllegalArgumentException(
            "after the question mark come endpoint=http://host:port and region=name");
      }
      return new S3Address(S3Location.of(uri), endpoint, region);
    } catch (IllegalArgumentException e) {
      throw new MediaStoreException(
          "CONFIG_INVALID",
          "the media store %s can't be used: %s"
              .formatted(uri.toString().replaceFirst("\\?.*", ""), e.getMessage()),
          e);
    }
  }

  private static Map<String, String> options(URI uri) {
    Map<String, String> options = new HashMap<>();
    if (uri.getRawQuery() != null) {
      for (String option : uri.getRawQuery().split("&", -1)) {
        String[] parts = option.split("=", 2);
        options.put(parts[0], parts.length == 1 ? "" : URLDecoder.decode(parts[1], UTF_8));
      }
    }
    return options;
  }

  @Override
  public String toString() {
    return root + endpoint.map(url -> " at " + url).orElse("");
  }
}
