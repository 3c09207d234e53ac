package io.zoetrope.schemas.serdes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.events.Failure;
import io.zoetrope.events.InlinePackets;
import io.zoetrope.events.Packet;
import io.zoetrope.events.SplitEvent;
import io.zoetrope.events.SplitProgress;
import io.zoetrope.events.VideoSubmitted;
import io.zoetrope.schemas.Topics;
import io.zoetrope.schemas.registry.SchemaCatalogue;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class EventSerdesTest {
  private final EventSerdes serdes = new EventSerdes(new SchemaCatalogue());

  @Test
  void shouldWriteConfluentsWireFormat() {
    Serde<Failure> serde = serdes.serde("failures", Failure.class);

    byte[] bytes = serde.serializer().serialize("t", new Failure("A", "bc"));

    // Zero, id 1, then each string as its zigzag length and its bytes.
    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("00" + "00000001" + "0241" + "046263");
  }

  @Test
  void shouldReadBackWhatItWrote() {
    SplitEvent event =
        new SplitEvent(
            "v", "s", List.of("r"), new SplitProgress(3, 192L, 500L, List.of("r"), null));
    Serde<SplitEvent> serde = serdes.serde(Topics.SPLITS);

    assertThat(serde.deserializer().deserialize("t", serde.serializer().serialize("t", event)))
        .isEqualTo(event);
  }

  @Test
  void shouldCarryLargePackets() {
    byte[] data = new byte[5_000_000];
    data[data.length - 1] = 42;
    Packet packet = new Packet(1L, null, 0L, 1, 0, false, ByteBuffer.wrap(data), List.of());
    Serde<InlinePackets> serde = serdes.serde("packets", InlinePackets.class);

    byte[] bytes = serde.serializer().serialize("t", new InlinePackets(List.of(packet)));

    assertThat(serde.deserializer().deserialize("t", bytes).getPackets()).containsExactly(packet);
  }

  @Test
  void shouldPassTombstones() {
    Serde<VideoSubmitted> serde = serdes.serde(Topics.VIDEOS);

    assertThat(serde.serializer().serialize("t", null)).isNull();
    assertThat(serde.deserializer().deserialize("t", null)).isNull();
  }

  @Test
  void shouldRefuseForeignBytes() {
    var deserializer = serdes.deserializer(Topics.VIDEOS);
    byte[] submitted =
        serdes
            .serializer(Topics.VIDEOS)
            .serialize("t", new VideoSubmitted("s", "file:/a", "a", null, Map.of(), List.of()));
    byte[] cut = Arrays.copyOf(submitted, submitted.length - 3);

    assertRefused(() -> deserializer.deserialize("t", new byte[] {0, 0}), "wire format");
    assertRefused(
        () -> deserializer.deserialize("t", "{\"json\":1}".getBytes(UTF_8)), "wire format");
    assertRefused(() -> deserializer.deserialize("t", new byte[] {0, 0, 0, 0, 9, 1}), "id 9");
    assertRefused(() -> deserializer.deserialize("t", cut), "no VideoSubmitted");
  }

  private static void assertRefused(ThrowingCallable call, String reason) {
    assertThatThrownBy(call)
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining(reason);
  }
}
