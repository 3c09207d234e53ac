package io.zoetrope.assembler;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zoetrope.assembler.segments.Rendered;
import io.zoetrope.assembler.segments.SegmentRenderer;
import io.zoetrope.events.RenderEvent;
import io.zoetrope.events.SegmentRendered;
import io.zoetrope.events.SegmentRequested;
import io.zoetrope.isolation.TrialChild;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.registry.SchemaCatalogue;
import io.zoetrope.schemas.serdes.EventSerdes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;

/**
 * What a trial process of the assembler does: it makes a segment, with the same bytes as any other
 * process, or one that is marked, and brings back what is to be known of it.
 */
final class SegmentTrial {
  /** Parent and child are of one build, and need no registry to agree on a schema. */
  private static final SchemaCatalogue SCHEMAS = new SchemaCatalogue();

  private static final EventSerdes SERDES = new EventSerdes(SCHEMAS);

  static {
    SCHEMAS.register(Topics.SEGMENTS.subject(), SegmentRequested.getClassSchema());
    SCHEMAS.register(Topics.RENDER_EVENTS.subject(), RenderEvent.getClassSchema());
  }

  private SegmentTrial() {}

  public static void main(String[] arguments) throws IOException {
    TrialChild.run(SegmentTrial::make);
  }

  static byte[] make(ByteBuffer request, SeekableByteChannel original) throws IOException {
    String marked = text(request);
    Path file = Path.of(text(request));
    SegmentRequested segment =
        SERDES
            .<SegmentRequested>deserializer(Topics.SEGMENTS)
            .deserialize(Topics.SEGMENTS.name(), bytes(request, request.remaining()));
    try (SegmentRenderer renderer = new SegmentRenderer(location -> original)) {
      Rendered made =
          marked.isEmpty()
              ? renderer.render(segment, file, () -> false)
              : renderer.renderMarked(segment, file, marked);
      RenderEvent event =
          new RenderEvent(
              segment.getVideoId(),
              segment.getRenderId(),
              segment.getRevision(),
              made.event(segment.getBatch().getSequence()));
      return SERDES
          .<RenderEvent>serializer(Topics.RENDER_EVENTS)
          .serialize(Topics.RENDER_EVENTS.name(), event);
    }
  }

  /**
   * What the child is told.
   *
   * @param segment with all its packets in it
   * @param marked code of what its frames failed with, which aren't decoded then; or nothing
   * @param file to write
   */
  static byte[] request(SegmentRequested segment, String marked, Path file) {
    byte[] code = marked.getBytes(UTF_8);
    byte[] path = file.toAbsolutePath().toString().getBytes(UTF_8);
    byte[] event =
        SERDES
            .<SegmentRequested>serializer(Topics.SEGMENTS)
            .serialize(Topics.SEGMENTS.name(), segment);
    return ByteBuffer.allocate(2 * Integer.BYTES + code.length + path.length + event.length)
        .putInt(code.length)
        .put(code)
        .putInt(path.length)
        .put(path)
        .put(event)
        .array();
  }

  /** What the child has brought back. */
  static SegmentRendered made(ByteBuffer answer) {
    RenderEvent event =
        SERDES
            .<RenderEvent>deserializer(Topics.RENDER_EVENTS)
            .deserialize(Topics.RENDER_EVENTS.name(), bytes(answer, answer.remaining()));
    return (SegmentRendered) event.getState();
  }

  private static String text(ByteBuffer from) {
    return new String(bytes(from, from.getInt()), UTF_8);
  }

  private static byte[] bytes(ByteBuffer from, int count) {
    byte[] bytes = new byte[count];
    from.get(bytes);
    return bytes;
  }
}
