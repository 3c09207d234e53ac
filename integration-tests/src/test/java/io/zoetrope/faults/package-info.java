/**
 * The proof that nothing is lost and nothing comes twice: an installation of many processes, real
 * signals, and one verifier that every test ends with. {@link io.zoetrope.faults.Scale} says how
 * much is done in {@code mvn verify} and how much behind the profile {@code faults}.
 */
package io.zoetrope.faults;
