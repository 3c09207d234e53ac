package io.zoetrope.media;

/**
 * How a video is to be cut.
 *
 * @param targetFrames packets per batch to aim at; 0 cuts at random-access points alone wherever
 *     they are no more than 288 packets apart, and gathers short GOPs up to 32 packets
 * @param maxBatchBytes size that a batch keeps below, unless it can't be made that small
 * @param streamIndex the stream of the file to take; -1 for the one that FFmpeg deems best
 * @param sampling which frames are wanted
 */
public record CutOptions(int targetFrames, int maxBatchBytes, int streamIndex, Sampling sampling) {
  public static final int WHOLE_GOPS = 0;
  public static final int BEST_STREAM = -1;
  public static final CutOptions DEFAULT =
      new CutOptions(WHOLE_GOPS, 6 << 20, BEST_STREAM, Sampling.EVERY_FRAME);

  public CutOptions {
    if (targetFrames < 0 || maxBatchBytes <= 0 || streamIndex < BEST_STREAM) {
      throw new IllegalArgumentException(
          "not a way to cut: "
              + targetFrames
              + " frames, "
              + maxBatchBytes
              + " bytes, stream "
              + streamIndex);
    }
  }

  public CutOptions withTargetFrames(int frames) {
    return new CutOptions(frames, maxBatchBytes, streamIndex, sampling);
  }

  public CutOptions withStream(int index) {
    return new CutOptions(targetFrames, maxBatchBytes, index, sampling);
  }

  public CutOptions withSampling(Sampling wanted) {
    return new CutOptions(targetFrames, maxBatchBytes, streamIndex, wanted);
  }
}
