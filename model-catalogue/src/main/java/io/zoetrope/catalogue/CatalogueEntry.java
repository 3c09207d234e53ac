package io.zoetrope.catalogue;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A model that can be pulled by its name.
 *
 * @param name letters, digits, {@code . _ -}; the model's file is {@code NAME.onnx}
 * @param url http or https, without credentials
 * @param sha256 of the file, in lower-case hex; empty where it isn't known beforehand, and is
 *     pinned at the first pull
 * @param sha256From who vouches for the hash, where it isn't the publisher
 * @param licence SPDX identifier where it has one: {@code Apache-2.0}
 * @param family of detectors, for people
 * @param bytes size of the file, where it is known
 * @param description one line for people; may be empty
 */
public record CatalogueEntry(
    String name,
    URI url,
    Optional<String> sha256,
    Optional<String> sha256From,
    String licence,
    String family,
    OptionalLong bytes,
    String description) {

  /** Licences by SPDX identifier that ask for no more than to be passed on with what they cover. */
  private static final Set<String> PERMISSIVE =
      Set.of(
          "0BSD",
          "Apache-2.0",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "BSL-1.0",
          "CC-BY-4.0",
          "CC0-1.0",
          "ISC",
          "MIT",
          "Unlicense",
          "Zlib");

  private static final int ID_DIGITS = 12;

  /** The id that runs know the model by, where its file has this hash. */
  public String modelId(String fileSha256) {
    return modelId(name, fileSha256);
  }

  /** As {@link #modelId(String)}, for a model that no catalogue has. */
  public static String modelId(String name, String fileSha256) {
    return name + "-" + fileSha256.substring(0, ID_DIGITS);
  }

  /** Whether the licence is known to ask for no more than attribution. */
  public boolean isPermissive() {
    return PERMISSIVE.contains(licence);
  }
}
