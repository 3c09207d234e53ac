package io.zoetrope.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zoetrope.media.CutOptions;
import io.zoetrope.media.VideoCutter;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * Every kind of picture of a sample video, asked for once and looked into, wherever it is made. The
 * run must have seen something of it.
 */
public final class EveryPicture {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final int[] COLOURS = {
    0xE69F00, 0x009E73, 0x56B4E9, 0xCC79A7, 0xF0E442, 0xD55E00, 0x0072B2
  };

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI gateway;
  private final String video;
  private final String run;
  private final Path folder;

  /**
   * Of a video that was uploaded, to whichever gateway.
   *
   * @param folder for clips
   */
  public EveryPicture(URI gateway, String videoId, String runId, Path folder) {
    this.gateway = gateway;
    this.video = "/v1/videos/" + videoId;
    this.run = runId;
    this.folder = folder;
  }

  /** Asks for all of them. */
  public void check() throws Exception {
    checkBoxes();
    BufferedImage thumbnail = image("/thumbnail", "image/jpeg");
    assertThat(thumbnail.getWidth()).isEqualTo(320);
    assertThat(thumbnail.getHeight()).isEqualTo(180);
    ByteBuffer poster = fields(webp("/poster?format=webp&width=320&run=" + run));
    assertThat(poster.getShort(26)).isEqualTo((short) 320);
    assertThat(poster.getShort(28)).isEqualTo((short) 180);
    BufferedImage sheet = image("/contact-sheet?columns=2&rows=2&width=500", "image/jpeg");
    assertThat(sheet.getWidth()).isEqualTo(3 * 8 + 2 * 238);
    assertThat(sheet.getHeight()).isEqualTo(3 * 8 + 2 * 134);
    byte[] animation = webp("/preview?width=160");
    assertThat(new String(animation, StandardCharsets.ISO_8859_1)).contains("ANIM");
    ByteBuffer preview = fields(animation);
    // One less than width and height, in 24 bits each.
    assertThat(preview.getShort(24)).isEqualTo((short) 159);
    assertThat(preview.getShort(27)).isEqualTo((short) 89);
    BufferedImage crop = image("/tracks/1/crop?format=png&run=" + run, "image/png");
    assertThat(crop.getWidth()).isBetween(10, WIDTH - 1);
    assertThat(crop.getHeight()).isBetween(10, HEIGHT - 1);
    checkClips();
  }

  /** The first object that is found has a box in its colour, and what isn't asked for hasn't. */
  private void checkBoxes() throws Exception {
    JsonNode frames =
        new ObjectMapper()
            .readTree(get(video + "/runs/" + run + "/detections?from=400000&limit=50").body())
            .path("frames");
    JsonNode frame = null;
    for (JsonNode one : frames) {
      frame = frame == null && !one.path("detections").isEmpty() ? one : frame;
    }
    assertThat(frame).as("a frame with something in it").isNotNull();
    String at = "/frame?format=png&at=" + frame.path("ptsMicros").asLong();
    BufferedImage plain = image(at, "image/png");
    BufferedImage drawn = image(at + "&captions=false&run=" + run, "image/png");
    assertThat(drawn.getWidth()).isEqualTo(WIDTH);
    assertThat(drawn.getHeight()).isEqualTo(HEIGHT);
    JsonNode found = frame.path("detections").path(0);
    int colour = COLOURS[found.path("classId").asInt() % COLOURS.length];
    JsonNode box = found.path("box");
    int coloured = 0;
    int colouredBefore = 0;
    int left = Math.max(0, (int) Math.round(box.path(0).asDouble()));
    int top = (int) Math.max(0, box.path(1).asDouble() + box.path(3).asDouble() / 4);
    int bottom = (int) Math.min(HEIGHT, box.path(1).asDouble() + box.path(3).asDouble() * 3 / 4);
    for (int y = top; y < bottom; y++) {
      coloured += isNear(drawn, left, y, colour) ? 1 : 0;
      colouredBefore += isNear(plain, left, y, colour) ? 1 : 0;
    }
    assertThat(coloured).isGreaterThan((bottom - top) * 3 / 4);
    assertThat(colouredBefore).isLessThan((bottom - top) / 4);
  }

  /** Copied, seeked in, and encoded again with what was found. */
  private void checkClips() throws Exception {
    String copied = video + "/clip?from=400000&to=1200000";
    HttpResponse<byte[]> whole = get(copied);
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.headers().firstValue("Content-Type")).contains("video/mp4");
    assertThat(frames(whole.body())).isEqualTo(20);
    HttpResponse<byte[]> part = get(copied, "Range", "bytes=1000-1999");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole.body(), 1_000, 2_000));
    assertThat(part.headers().firstValue("ETag")).isEqualTo(whole.headers().firstValue("ETag"));
    assertThat(frames(get(copied + "&run=" + run).body())).isEqualTo(20);
    assertThat(frames(get(video + "/tracks/1/clip?margin=0&run=" + run).body())).isPositive();
  }

  private BufferedImage image(String path, String mediaType) throws Exception {
    HttpResponse<byte[]> answer = get(video + path);
    assertThat(answer.statusCode())
        .as(path + ": " + new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains(mediaType);
    return ImageIO.read(new ByteArrayInputStream(answer.body()));
  }

  private byte[] webp(String path) throws Exception {
    HttpResponse<byte[]> answer = get(video + path);
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("image/webp");
    assertThat(new String(answer.body(), 0, 16, StandardCharsets.ISO_8859_1))
        .matches("(?s)RIFF....WEBPVP8[ X]");
    return answer.body();
  }

  private static ByteBuffer fields(byte[] webp) {
    return ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN);
  }

  private HttpResponse<byte[]> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(gateway.resolve(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  private int frames(byte[] clip) throws IOException {
    Path file = Files.write(folder.resolve("clip.mp4"), clip);
    int frames = 0;
    try (SeekableByteChannel channel = Files.newByteChannel(file);
        VideoCutter cutter = VideoCutter.open(channel, "clip", CutOptions.DEFAULT)) {
      while (cutter.hasNext()) {
        frames += cutter.next().expectedFrames();
      }
    }
    return frames;
  }

  /** Whether one of the pixels of a line around {@code x} has the colour, as good as 4:2:0 is. */
  private static boolean isNear(BufferedImage image, int x, int y, int colour) {
    return IntStream.rangeClosed(Math.max(0, x - 2), Math.min(WIDTH - 1, x + 2))
        .anyMatch(near -> distance(image.getRGB(near, y), colour) < 90);
  }

  private static int distance(int one, int other) {
    int distance = 0;
    for (int shift = 0; shift < 24; shift += 8) {
      distance = Math.max(distance, Math.abs((one >> shift & 255) - (other >> shift & 255)));
    }
    return distance;
  }
}
