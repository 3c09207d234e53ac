/**
 * From the packets of a video to the events that carry them, and back: for who cuts videos, and for
 * who decodes the pieces.
 */
package io.zoetrope.batches;
