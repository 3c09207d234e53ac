package io.zoetrope.assembler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CompanyTest {
  private final Company company = new Company();

  @Test
  void shouldLetAnyNumberWorkTogether() {
    assertThat(company.admits("a", false)).isTrue();
    assertThat(company.admits("b", false)).isTrue();
  }

  @Test
  void shouldLetASuspectWaitUntilItIsAlone() {
    company.admits("a", false);
    company.admits("b", false);

    assertThat(company.admits("suspect", true)).isFalse();
    assertThat(company.admits("c", false)).as("nobody else may begin meanwhile").isFalse();
    company.leave();
    assertThat(company.admits("suspect", true)).isFalse();
    company.leave();

    assertThat(company.admits("suspect", true)).isTrue();
    assertThat(company.admits("c", false)).isFalse();
    company.leave();
    assertThat(company.admits("c", false)).isTrue();
  }

  @Test
  void shouldTakeSuspectsOneAfterTheOther() {
    assertThat(company.admits("first", true)).isTrue();
    assertThat(company.admits("second", true)).isFalse();
    assertThat(company.admits("third", true)).isFalse();
    company.leave();

    assertThat(company.admits("third", true)).isFalse();
    assertThat(company.admits("second", true)).isTrue();
    company.leave();
    assertThat(company.admits("third", true)).isTrue();
  }

  @Test
  void shouldNotWaitForASuspectThatDoesNotCome() {
    company.admits("a", false);
    company.admits("suspect", true);

    company.withdraw("suspect");

    assertThat(company.admits("b", false)).isTrue();
  }
}
