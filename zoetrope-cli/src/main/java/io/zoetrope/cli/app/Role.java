package io.zoetrope.cli.app;

import io.zoetrope.gateway.Health;
import io.zoetrope.gateway.InternalQueries;
import io.zoetrope.gateway.pictures.Pictures;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One of the parts that Zoetrope is made of, over a cluster. It works on threads of its own from
 * {@link #start} to {@link #close}, each of which is called once. Any thread.
 */
interface Role extends AutoCloseable {
  /** {@code splitter}, {@code detector}, {@code topology}, {@code assembler} or {@code gateway}. */
  String name();

  /** Sets it to work; returns before it has got anywhere. */
  void start();

  /** Whether it does its work at the moment, or could. */
  boolean ready();

  /** Where its own API listens; empty where it has none. */
  default Optional<Integer> port() {
    return Optional.empty();
  }

  /** What other processes may ask of this one, where it hasn't an API of its own to ask at. */
  default Optional<InternalQueries> internal() {
    return Optional.empty();
  }

  /** Pictures and clips that it makes of videos; empty where it makes none. */
  default Optional<Pictures> pictures() {
    return Optional.empty();
  }

  /** Why only a new process can go on, in words; empty while this one can. */
  Optional<String> failure();

  /** What its user should know, in sentences, once it is open. */
  List<String> notes();

  /** Ends it within seconds; nothing that others know of is lost. */
  @Override
  void close();

  /** The health of all of {@code roles}. */
  static Health health(List<Role> roles) {
    return new Health(
        checks(roles, role -> () -> role.failure().isEmpty()), checks(roles, role -> role::ready));
  }

  private static Map<String, BooleanSupplier> checks(
      List<Role> roles, Function<Role, BooleanSupplier> check) {
    return roles.stream().collect(Collectors.toMap(Role::name, check));
  }
}
