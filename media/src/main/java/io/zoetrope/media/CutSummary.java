package io.zoetrope.media;

import java.util.Optional;

/**
 * What a {@link VideoCutter} has cut so far.
 *
 * @param packets where the packets of the stream went; adds up at the end
 * @param durationMicros from the first frame shown to the end of the last one, sampled or not
 * @param readError why reading stopped before the end of the video, where it did; of no meaning
 *     before the last batch
 */
public record CutSummary(
    int batches,
    long expectedFrames,
    PacketCounts packets,
    long durationMicros,
    Optional<String> readError) {}
