package io.zoetrope.store;

import java.net.URI;

/**
 * Packets of a video that are kept beside it.
 *
 * @param sha256 64 digits of lower-case hex
 * @param sizeBytes how many there are
 * @param location where they are, for {@link MediaStore#open}
 */
public record StoredPackets(String sha256, long sizeBytes, URI location) {}
