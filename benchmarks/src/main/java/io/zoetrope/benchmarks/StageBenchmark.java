package io.zoetrope.benchmarks;

import io.zoetrope.media.CutOptions;
import io.zoetrope.media.DecodedFrame;
import io.zoetrope.media.FramePreparer;
import io.zoetrope.media.InputFormat;
import io.zoetrope.media.PacketBatch;
import io.zoetrope.media.VideoCutter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where the time of a frame goes on its way from the file to the model's input. */
@Command(
    name = "stages",
    mixinStandardHelpOptions = true,
    description = "Milliseconds of one core that each stage takes of a frame.")
final class StageBenchmark implements Callable<Integer> {
  @Parameters(
      defaultValue = "restaurant-720p.mp4",
      description = "A video. Default: ${DEFAULT-VALUE}.")
  private String video;

  @Option(
      names = "--rounds",
      defaultValue = "4",
      description = "The video is gone through so often.")
  private int rounds;

  @Option(
      names = "--input",
      defaultValue = "640",
      description = "Side of the model's square input.")
  private int side;

  private final CpuTime cut = new CpuTime();
  private final CpuTime write = new CpuTime();
  private final CpuTime read = new CpuTime();
  private final CpuTime decode = new CpuTime();
  private final CpuTime prepare = new CpuTime();
  private FloatBuffer tensor;

  @Override
  public Integer call() throws Exception {
    Path file = SharedMedia.file(video);
    tensor =
        ByteBuffer.allocateDirect(InputFormat.ultralytics(side, side).floats() * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    for (int round = 0; round < rounds; round++) {
      measure(file);
    }
    System.out.printf("%-40s %12s%n", video, "ms/frame");
    print("demultiplex and cut", cut);
    print("make the event, serialise it", write);
    print("deserialise it", read);
    print("decode", decode);
    print("scale, letterbox into " + side + "x" + side, prepare);
    return 0;
  }

  private static void print(String stage, CpuTime time) {
    System.out.printf("%-40s %12.4f%n", stage, time.millisPerFrame());
  }

  private void measure(Path file) throws Exception {
    Events events = new Events();
    try (SeekableByteChannel channel = Files.newByteChannel(file);
        VideoCutter cutter = VideoCutter.open(channel, video, CutOptions.DEFAULT);
        AnyDecoder decoder = new AnyDecoder(file, cutter.stream(), CutOptions.DEFAULT);
        AnyDecoder again = new AnyDecoder(file, cutter.stream(), CutOptions.DEFAULT);
        FramePreparer preparer = new FramePreparer()) {
      Deque<PacketBatch> batches = new ArrayDeque<>();
      cut.measure(
          () -> {
            cutter.forEachRemaining(batches::add);
            return cutter.summary().expectedFrames();
          });
      for (PacketBatch batch : batches) {
        byte[][] value = new byte[1][];
        write.measure(
            () -> {
              value[0] = events.write(batch, cutter.stream());
              return batch.expectedFrames();
            });
        read.measure(() -> events.read(value[0]).getExpectedFrames());
        decode.measure(() -> decoder.decode(batch, DecodedFrame::close));
        again.decode(batch, frame -> prepare(frame, preparer));
      }
    }
  }

  private void prepare(DecodedFrame frame, FramePreparer preparer) {
    InputFormat format = InputFormat.ultralytics(side, side);
    try (frame) {
      prepare.measure(
          () -> {
            preparer.prepare(frame, format, tensor);
            return 1;
          });
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
