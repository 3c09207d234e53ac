package io.zoetrope.benchmarks.micro;

import io.zoetrope.benchmarks.SharedMedia;
import io.zoetrope.media.DecodedFrame;
import io.zoetrope.media.FramePreparer;
import io.zoetrope.media.InputFormat;
import io.zoetrope.media.Letterbox;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A decoded picture into a model's input. */
@State(Scope.Thread)
public class Preparing {
  @Param({"car-detection.mp4", "traffic-720p.mp4", "retail-1080p-hevc-opengop.mp4"})
  public String video;

  /** 640 pixels from 0 to 1, or 416 from 0 to 255. */
  @Param({"ultralytics", "yolox"})
  public String input;

  private final FramePreparer preparer = new FramePreparer();
  private InputFormat format;
  private DecodedFrame frame;
  private FloatBuffer tensor;

  /** Decodes the picture. */
  @Setup
  public void open() throws IOException {
    format =
        input.equals("yolox") ? InputFormat.yolox(416, 416) : InputFormat.ultralytics(640, 640);
    frame = Pictures.of(SharedMedia.file(video));
    tensor =
        ByteBuffer.allocateDirect(format.floats() * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
  }

  @Benchmark
  public Letterbox prepare() {
    return preparer.prepare(frame, format, tensor);
  }

  @TearDown
  public void close() {
    frame.close();
    preparer.close();
  }
}
