package io.zoetrope.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * An object in a bucket, or the prefix that the keys of several share. As a URI it is {@code
 * s3://bucket/key}.
 *
 * @param key without a slash at its beginning or end; empty for the whole bucket
 */
record S3Location(String bucket, String key) {
  static final String SCHEME = "s3";

  private static final Pattern CLIMBING = Pattern.compile("(^|/)\\.\\.?(/|$)");

  /**
   * What {@code uri} names.
   *
   * @throws IllegalArgumentException where it isn't of the form, or climbs out of a prefix
   */
  static S3Location of(URI uri) {
    if (!SCHEME.equals(uri.getScheme()) || uri.getAuthority() == null) {
      throw new IllegalArgumentException(uri + " isn't of the form s3://bucket/key");
    }
    String key = uri.getPath().replaceAll("^/|/$", "");
    // Not every server takes keys for the plain texts that they are.
    if (CLIMBING.matcher(key).find()) {
      throw new IllegalArgumentException(uri + " has . or .. in its path");
    }
    return new S3Location(uri.getAuthority(), key);
  }

  S3Location resolve(String name) {
    return new S3Location(bucket, key.isEmpty() ? name : key + "/" + name);
  }

  boolean contains(S3Location other) {
    return bucket.equals(other.bucket) && (key.isEmpty() || other.key.startsWith(key + "/"));
  }

  URI toUri() {
    try {
      return new URI(SCHEME, bucket, "/" + key, null, null);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return toUri().toString();
  }
}
