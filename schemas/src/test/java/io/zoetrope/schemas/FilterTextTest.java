package io.zoetrope.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.zoetrope.events.Point;
import org.junit.jupiter.api.Test;

class FilterTextTest {
  @Test
  void shouldReadLabels() {
    assertThat(FilterText.labels("car, traffic light")).containsExactly("car", "traffic light");
    assertThat(FilterText.labels("cup\\, blue,a\\\\b")).containsExactly("cup, blue", "a\\b");
    assertThat(FilterText.labels("")).isEmpty();
    assertThatThrownBy(() -> FilterText.labels("car,,bus"))
        .hasMessage("there is nothing between two commas");
    assertThatThrownBy(() -> FilterText.labels("car,"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldReadConfidences() {
    assertThat(FilterText.confidences("car:0.5, a:b : 1"))
        .containsExactly(entry("a:b", 1f), entry("car", 0.5f));
    assertThat(FilterText.confidences("")).isEmpty();
    assertThatThrownBy(() -> FilterText.confidences("car")).hasMessage("there is no number at car");
    assertThatThrownBy(() -> FilterText.confidences("car:much")).hasMessage("'much' is no number");
    assertThatThrownBy(() -> FilterText.confidences("car:0.5,car:0.6"))
        .hasMessage("car is there twice");
  }

  @Test
  void shouldReadCorners() {
    assertThat(FilterText.region("0,0, 1,0.5 ,0,1"))
        .containsExactly(new Point(0f, 0f), new Point(1f, 0.5f), new Point(0f, 1f));
    assertThat(FilterText.region(" ")).isEmpty();
    assertThatThrownBy(() -> FilterText.region("0,0,1")).hasMessage("a corner lacks its y");
    assertThatThrownBy(() -> FilterText.region("0,0,1,")).hasMessage("'' is no number");
  }
}
