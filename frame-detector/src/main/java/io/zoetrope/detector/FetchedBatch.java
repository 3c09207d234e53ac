package io.zoetrope.detector;

import io.zoetrope.events.FrameBatch;

/**
 * A batch that the workers don't have yet.
 *
 * @param event with the packets, to be let go of when they have it
 */
record FetchedBatch(PendingBatch pending, FrameBatch event) {}
