package io.zoetrope.store;

import java.net.URI;

/**
 * Bytes that are kept with a video.
 *
 * @param sha256 64 digits of lower-case hex
 * @param sizeBytes how many there are
 * @param location where they are, for {@link MediaStore#open}
 */
public record StoredObject(String sha256, long sizeBytes, URI location) {}
