package io.zoetrope.assembler;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zoetrope.assembler.annotation.RunFrame;
import io.zoetrope.assembler.annotation.RunObject;
import io.zoetrope.batches.BatchReferences;
import io.zoetrope.batches.PacketReferences;
import io.zoetrope.events.ColourBy;
import io.zoetrope.events.Concealment;
import io.zoetrope.events.FrameStatus;
import io.zoetrope.events.RenderCodec;
import io.zoetrope.events.RenderEncoding;
import io.zoetrope.events.RenderEvent;
import io.zoetrope.events.RenderPreset;
import io.zoetrope.events.RenderRequested;
import io.zoetrope.events.RenderStyle;
import io.zoetrope.events.SegmentRequested;
import io.zoetrope.events.SplitOptions;
import io.zoetrope.isolation.Pulse;
import io.zoetrope.media.MediaLimits;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.registry.SchemaCatalogue;
import io.zoetrope.schemas.serdes.EventSerdes;
import io.zoetrope.store.FileMediaStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;

/** An assembler's parts over a media store in a folder, with nobody else there. One thread. */
final class RenderRig implements AutoCloseable {
  static final String VIDEO = "video";
  static final String RENDER = "render";

  final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  final EventSerdes serdes;
  final KnownRenders ledger;
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final AssemblerMeters meters = new AssemblerMeters(registry);
  final AssemblerPublisher publisher;
  final FileMediaStore store;
  final Path storeFolder;
  final Path workFolder;
  final RenderedFiles files;
  final RenderPlanner planner;
  final SegmentMaker maker;
  private final Path originals;
  private int made;

  /** In {@code folder}, where originals may lie, too. */
  RenderRig(Path folder) {
    this(folder, SegmentTrial.class);
  }

  /** Likewise, with another child than {@link SegmentTrial}. */
  RenderRig(Path folder, Class<?> child) {
    originals = folder;
    storeFolder = folder.resolve("store");
    workFolder = folder.resolve("work");
    SchemaCatalogue schemas = new SchemaCatalogue();
    schemas.register(Topics.RENDERS.subject(), RenderRequested.getClassSchema());
    schemas.register(Topics.SEGMENTS.subject(), SegmentRequested.getClassSchema());
    schemas.register(Topics.RENDER_EVENTS.subject(), RenderEvent.getClassSchema());
    serdes = new EventSerdes(schemas);
    ledger = new KnownRenders(producer, serdes);
    publisher = new AssemblerPublisher(producer, serdes);
    store = FileMediaStore.open(storeFolder, List.of(folder));
    files = new RenderedFiles(store, WorkFolder.open(workFolder));
    planner =
        new RenderPlanner(
            ledger,
            store,
            new PacketReferences(store, serdes.packetObjects()),
            MediaLimits.DEFAULT,
            publisher,
            files,
            meters);
    maker =
        new SegmentMaker(
            new BatchReferences(store, serdes.packetObjects()),
            child,
            files,
            new Demand(ledger),
            publisher,
            meters,
            new Pulse("the maker", Duration.ofMinutes(1)));
  }

  /** What is asked for of an original in the folder. */
  RenderRequested request(String original, RenderCodec codec) {
    return new RenderRequested(
        VIDEO,
        RENDER,
        "run",
        originals.resolve(original).toUri().toString(),
        new SplitOptions(-1, 0, 1, null, false),
        new RenderStyle(
            List.of(),
            0f,
            ColourBy.LABEL,
            true,
            true,
            0L,
            Concealment.NOTHING,
            List.of(),
            List.of()),
        new RenderEncoding(codec, RenderPreset.FAST, true, null),
        1);
  }

  RenderRequested request(String original) {
    return request(original, RenderCodec.H264);
  }

  /** Has one object found in each of so many frames. */
  void detected(int frames) {
    ledger.frames(LongStream.range(0, frames).mapToObj(RenderRig::frame).toList());
  }

  static RunFrame frame(long index) {
    return new RunFrame(
        index,
        OptionalLong.of(index * 40_000),
        FrameStatus.PROCESSED,
        Optional.empty(),
        64,
        64,
        List.of(new RunObject("circle", 1, 0.5f, 1, 2, 30, 40)));
  }

  /** Plans while segments are made as they are asked for. */
  void plan(RenderRequested render) {
    ledger.meanwhile(this::makeAll);
    try {
      planner.plan(render, () -> false);
    } finally {
      ledger.meanwhile(() -> {});
    }
  }

  /** Makes all segments that were asked for since. */
  void makeAll() {
    List<SegmentRequested> asked = asked();
    while (made < asked.size()) {
      maker.make(asked.get(made++), () -> false);
    }
  }

  /** Every segment that was asked for so far. */
  List<SegmentRequested> asked() {
    Deserializer<SegmentRequested> reader = serdes.deserializer(Topics.SEGMENTS);
    return records(Topics.SEGMENTS.name()).stream()
        .map(record -> reader.deserialize(record.topic(), record.value()))
        .toList();
  }

  /** What was published to a topic so far. */
  List<ProducerRecord<byte[], byte[]>> records(String topic) {
    return producer.history().stream().filter(record -> record.topic().equals(topic)).toList();
  }

  /** What became of the render itself. */
  Object state() {
    return event(VIDEO + "/" + RENDER).getState();
  }

  RenderEvent event(String key) {
    return ledger.events().get(key);
  }

  static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  @Override
  public void close() {
    maker.close();
    publisher.close();
    store.close();
  }
}
