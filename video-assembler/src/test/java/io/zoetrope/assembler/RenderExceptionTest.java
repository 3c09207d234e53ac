package io.zoetrope.assembler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoetrope.assembler.RenderLedger.LedgerUnavailableException;
import io.zoetrope.batches.BatchException;
import io.zoetrope.media.MediaException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class RenderExceptionTest {
  @Test
  void shouldKeepTheCodeOfWhatIsWrongWithTheVideo() {
    assertThat(
            RenderException.of(
                    new MediaException(MediaException.Code.MEDIA_TOO_LONG, "It is too long."))
                .code())
        .isEqualTo("MEDIA_TOO_LONG");
    assertThat(RenderException.of(new BatchException("LOCATION_NOT_FOUND", "It is gone.")))
        .hasMessage("It is gone.")
        .extracting(RenderException::code)
        .isEqualTo("LOCATION_NOT_FOUND");
  }

  @Test
  void shouldSayThatADiskIsFull() {
    RenderException full =
        RenderException.of(new UncheckedIOException(new IOException("No space left on device")));

    assertThat(full.code()).isEqualTo("WORK_FOLDER_UNWRITABLE");
    assertThat(full).hasMessageContaining("No space left on device");
  }

  @Test
  void shouldGiveACodeToWhatNobodyThoughtOf() {
    assertThat(RenderException.of(new IllegalStateException("odd")).code())
        .isEqualTo("RENDER_FAILED");
  }

  @Test
  void shouldPassOnWhatSaysNothingAboutTheRender() {
    LedgerUnavailableException unavailable = new LedgerUnavailableException("later", null);
    TimeoutException timeout = new TimeoutException("later");

    assertThatThrownBy(() -> RenderException.of(unavailable)).isSameAs(unavailable);
    assertThatThrownBy(() -> RenderException.of(timeout)).isSameAs(timeout);
  }
}
