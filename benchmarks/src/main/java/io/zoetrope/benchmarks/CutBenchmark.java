package io.zoetrope.benchmarks;

import io.zoetrope.media.CutOptions;
import io.zoetrope.media.PacketBatch;
import io.zoetrope.media.VideoCutter;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The splitter's work on one core, beside reading the file with FFmpeg alone. */
@Command(
    name = "cut",
    mixinStandardHelpOptions = true,
    description = "Frames per second of the splitter's work, beside bare av_read_frame.")
final class CutBenchmark implements Callable<Integer> {
  @Parameters(
      defaultValue = "restaurant-720p.mp4",
      description = "A clip. Default: ${DEFAULT-VALUE}.")
  private String clip;

  @Option(names = "--loops", defaultValue = "30", description = "How often the clip is repeated.")
  private int loops;

  @Option(names = "--rounds", defaultValue = "5", description = "Each way is taken so often.")
  private int rounds;

  private final Events events = new Events();
  private long wireBytes;

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("zoetrope-benchmark");
    Path video = folder.resolve("looped.mp4");
    try {
      long packets = LoopedVideo.write(SharedMedia.file(clip), video, loops);
      System.out.printf(
          "%s %d times: %,d packets, %,d bytes%n", clip, loops, packets, Files.size(video));
      measure(video);
    } finally {
      Files.deleteIfExists(video);
      Files.delete(folder);
    }
    return 0;
  }

  private void measure(Path video) throws Exception {
    CpuTime read = new CpuTime();
    CpuTime cut = new CpuTime();
    CpuTime serialised = new CpuTime();
    for (int round = -1; round < rounds; round++) {
      boolean warmUp = round < 0;
      (warmUp ? new CpuTime() : read).measure(() -> BareFfmpeg.read(video));
      (warmUp ? new CpuTime() : cut).measure(() -> cut(video, false));
      wireBytes = 0;
      (warmUp ? new CpuTime() : serialised).measure(() -> cut(video, true));
    }
    System.out.printf("%-34s %12s %12s %8s%n", "one core", "frames/s", "ms/frame", "ratio");
    print("av_read_frame", read, read);
    print("cut into batches", cut, read);
    print("cut, made events, serialised", serialised, read);
    System.out.printf(
        "bytes a frame: %,d on the wire, %,d in the file: %.3f%n",
        wireBytes / (serialised.frames() / rounds),
        Files.size(video) / (serialised.frames() / rounds),
        (double) wireBytes / Files.size(video));
  }

  private long cut(Path video, boolean serialise) throws Exception {
    long frames = 0;
    try (SeekableByteChannel channel = Files.newByteChannel(video);
        VideoCutter cutter = VideoCutter.open(channel, "looped", CutOptions.DEFAULT)) {
      while (cutter.hasNext()) {
        PacketBatch batch = cutter.next();
        frames += batch.expectedFrames();
        if (serialise) {
          wireBytes += events.write(batch, cutter.stream()).length;
        }
      }
    }
    return frames;
  }

  private static void print(String what, CpuTime time, CpuTime bare) {
    System.out.printf(
        "%-34s %,12.0f %12.4f %8.2f%n",
        what,
        time.framesPerSecond(),
        time.millisPerFrame(),
        time.millisPerFrame() / bare.millisPerFrame());
  }
}
