package io.zoetrope.splitter;

/**
 * A record that asks for a video to be cut.
 *
 * @param offset within its partition
 * @param split key of the split that it is about
 */
record Request<V>(long offset, String split, V event) {}
