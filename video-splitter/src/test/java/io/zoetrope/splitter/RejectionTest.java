package io.zoetrope.splitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.media.MediaException;
import io.zoetrope.schemas.EventException;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RejectionTest {
  static Stream<RuntimeException> passing() {
    EventException registry = new EventException("SCHEMA_REGISTRY_UNREACHABLE", "no answer");
    return Stream.of(
        new TimeoutException("no broker answers"),
        registry,
        new EventException("MODEL_AWAITED", "no detector has said which model it has"),
        new MediaException(MediaException.Code.MEDIA_UNREADABLE, "it broke off", registry));
  }

  @ParameterizedTest
  @MethodSource("passing")
  void shouldNotBlameTheInputForWhatPasses(RuntimeException cause) {
    assertThat(Rejection.isPassing(cause)).isTrue();
    assertThatThrownBy(() -> Rejection.of(cause)).isSameAs(cause);
    assertThatThrownBy(() -> Rejection.of(new CompletionException(cause))).isSameAs(cause);
  }

  @Test
  void shouldNameWhatIsWrongWithTheInput() {
    assertThat(Rejection.of(new SerializationException("no Avro")))
        .isEqualTo(new Rejection("RECORD_UNREADABLE", "no Avro"));
    assertThat(Rejection.of(new CompletionException(new EventException("CODE", "Why."))))
        .isEqualTo(new Rejection("CODE", "Why."));
    assertThat(Rejection.of(new IllegalStateException("odd")).code()).isEqualTo("SPLIT_FAILED");
  }
}
