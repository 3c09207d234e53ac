package io.zoetrope.media;

import java.util.Optional;

/**
 * What a {@link VideoCutter} has cut so far.
 *
 * @param packets packets of the stream that were read
 * @param durationMicros from the first frame to the end of the last one
 * @param readError why reading stopped before the end of the video, where it did; of no meaning
 *     before the last batch
 */
public record CutSummary(
    int batches,
    long expectedFrames,
    long packets,
    long durationMicros,
    Optional<String> readError) {}
