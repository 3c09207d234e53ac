package io.zoetrope.benchmarks;

import io.zoetrope.media.CutOptions;
import io.zoetrope.media.DecodedFrame;
import io.zoetrope.media.PacketBatch;
import io.zoetrope.media.VideoCutter;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What it costs to decode a video in batches, beside decoding it in one go. */
@Command(
    name = "decode",
    mixinStandardHelpOptions = true,
    description =
        "Decode overhead of batches by the shape of the GOPs, beside one sequential decode.")
final class DecodeBenchmark implements Callable<Integer> {
  @Parameters(
      defaultValue =
          "car-detection.mp4,one-by-one-person-detection.mp4,restaurant-720p.mp4,traffic-720p.mp4,"
              + "bangkok-360p.mp4,derived-h264-opengop.mp4,retail-1080p-hevc-opengop.mp4",
      split = ",",
      description = "Videos. Default: ${DEFAULT-VALUE}.")
  private List<String> videos;

  @Option(
      names = "--targets",
      split = ",",
      defaultValue = "0,64,32",
      description = "Frames in a batch; 0: whole GOPs. Default: ${DEFAULT-VALUE}.")
  private List<Integer> targets;

  @Option(names = "--rounds", defaultValue = "2", description = "Each way is taken so often.")
  private int rounds;

  @Override
  public Integer call() throws Exception {
    System.out.printf(
        "%-34s %7s %7s %8s %10s %10s %9s %9s%n",
        "video", "frames", "target", "batches", "packets/f", "bytes", "ms/frame", "overhead");
    for (String name : videos) {
      Path video = SharedMedia.file(name);
      for (int target : targets) {
        measure(name, video, target);
      }
    }
    return 0;
  }

  private void measure(String name, Path video, int target) throws Exception {
    CpuTime bare = new CpuTime();
    CpuTime batched = new CpuTime();
    Shape shape = new Shape();
    for (int round = 0; round < rounds; round++) {
      bare.measure(() -> BareFfmpeg.decode(video));
      decode(video, target, batched, shape);
    }
    System.out.printf(
        "%-34s %,7d %7s %8d %10.2f %+9.0f%% %9.3f %+8.0f%%%n",
        name,
        batched.frames() / rounds,
        target == 0 ? "GOPs" : Integer.toString(target),
        shape.batches / rounds,
        (double) shape.packets / batched.frames(),
        100.0 * shape.prerollBytes / shape.bytes,
        batched.millisPerFrame(),
        100 * (batched.millisPerFrame() / bare.millisPerFrame() - 1));
  }

  private static final class Shape {
    int batches;
    long packets;
    long bytes;
    long prerollBytes;
  }

  private static void decode(Path video, int target, CpuTime time, Shape shape) throws Exception {
    CutOptions options = CutOptions.DEFAULT.withTargetFrames(target);
    try (SeekableByteChannel channel = Files.newByteChannel(video);
        VideoCutter cutter = VideoCutter.open(channel, video.toString(), options);
        AnyDecoder decoder = new AnyDecoder(video, cutter.stream(), options)) {
      List<PacketBatch> batches = new ArrayList<>();
      cutter.forEachRemaining(batches::add);
      for (PacketBatch batch : batches) {
        shape.batches++;
        shape.packets += batch.preroll().size() + batch.packets().size();
        shape.bytes += batch.packets().stream().mapToLong(p -> p.data().remaining()).sum();
        shape.prerollBytes += batch.preroll().stream().mapToLong(p -> p.data().remaining()).sum();
        time.measure(() -> decoder.decode(batch, DecodedFrame::close));
      }
    }
  }
}
