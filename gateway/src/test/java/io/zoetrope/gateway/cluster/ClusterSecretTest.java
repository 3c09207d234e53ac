package io.zoetrope.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterSecretTest {
  private final ClusterSecret secret = new ClusterSecret("open-sesame");

  @Test
  void shouldKnowItself() {
    assertThat(secret.isIn("Bearer open-sesame")).isTrue();
    assertThat(secret.isIn(new ClusterSecret("open-sesame").header())).isTrue();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {"", "Bearer", "Bearer ", "open-sesame", "Bearer open-sesam", "Basic open-sesame"})
  void shouldKnowNothingElse(String authorization) {
    assertThat(secret.isIn(authorization)).isFalse();
  }

  @Test
  void shouldShowInNoText() {
    assertThat(secret.toString()).doesNotContain("sesame");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "open sesame", "sésame", "open\nsesame"})
  void shouldRefuseWhatNoHeaderCarries(String text) {
    assertThatThrownBy(() -> new ClusterSecret(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("sésame");
  }
}
