package io.zoetrope.cli.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.zoetrope.cli.client.DetectionPage;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes {@code NAME.detections.jsonl}: a line of JSON for each frame, in presentation order, also
 * for one without detections. A frame that isn't plainly processed carries its {@code status} as
 * well. The file appears under its name when it is whole.
 */
public final class DetectionsFile implements AutoCloseable {
  private static final String PROCESSED = "PROCESSED";

  private final Path file;
  private final Path unfinished;
  private final String videoId;
  private final JsonGenerator json;

  public DetectionsFile(Path file, String videoId) throws IOException {
    this.file = file;
    this.unfinished = file.resolveSibling(file.getFileName() + ".part");
    this.videoId = videoId;
    this.json =
        JsonMapper.builder()
            .build()
            .createGenerator(Files.newOutputStream(unfinished))
            .setPrettyPrinter(new MinimalPrettyPrinter(""));
  }

  public void write(DetectionPage page) throws IOException {
    for (DetectionPage.Frame frame : page.frames()) {
      json.writeStartObject();
      json.writeStringField("videoId", videoId);
      json.writeStringField("runId", page.runId());
      json.writeStringField("modelId", page.modelId());
      json.writeNumberField("frame", frame.frame());
      json.writeObjectField("ptsMicros", frame.ptsMicros());
      if (frame.status() != null && !frame.status().equals(PROCESSED)) {
        json.writeStringField("status", frame.status());
      }
      json.writeArrayFieldStart("detections");
      for (DetectionPage.Detection detection : frame.detections()) {
        write(detection);
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private void write(DetectionPage.Detection detection) throws IOException {
    json.writeStartObject();
    json.writeStringField("label", detection.label());
    json.writeNumberField("classId", detection.classId());
    json.writeNumberField("confidence", detection.confidence());
    json.writeArrayFieldStart("box");
    for (float edge : detection.box()) {
      json.writeNumber(edge);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Gives the file its name; to be called after the last page. */
  public void finish() throws IOException {
    json.close();
    try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(
        unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Deletes what was written where {@link #finish} wasn't reached. */
  @Override
  public void close() throws IOException {
    if (!json.isClosed()) {
      json.close();
    }
    Files.deleteIfExists(unfinished);
  }
}
