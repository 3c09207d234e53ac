package io.zoetrope.store;

import java.net.URI;

/**
 * A video's bytes.
 *
 * @param sha256 64 digits of lower-case hex
 * @param sizeBytes how many there are
 * @param location where they are, for {@link MediaStore#open}
 */
public record StoredVideo(String sha256, long sizeBytes, URI location) {}
