package io.zoetrope.cli.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.zoetrope.cli.cluster.GroupWatch;
import io.zoetrope.cli.data.DataFolder;
import io.zoetrope.cli.data.PrivateFolder;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.gateway.GatewaySettings;
import io.zoetrope.media.FfmpegLicence;
import io.zoetrope.schemas.Groups;
import io.zoetrope.schemas.RunDefaults;
import io.zoetrope.store.MediaStore;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/**
 * A whole Zoetrope in this process: all roles over one cluster, which is an embedded broker or an
 * external one. It works on threads of its own from {@link #start} to {@link #close}; a JVM that is
 * told to stop closes it, too. Safe to use from any thread.
 */
public final class Zoetrope implements Service {
  private static final int READY_POLL_MILLIS = 20;

  private final OpenParts parts = new OpenParts();
  private final BoundedStop stop = BoundedStop.of(parts);
  private final String host;
  private LoadedModels models;
  private Cluster cluster;
  private TopologyRole topology;
  private GatewayRole gateway;
  private List<Role> roles;

  private Zoetrope(ZoetropeSettings settings) {
    this.host = settings.host();
  }

  /**
   * Starts everything, and returns when queries are answered.
   *
   * @throws UserError for what the user can put right: a data folder, a model, a port, a cluster
   *     that can't be used
   */
  public static Zoetrope start(ZoetropeSettings settings) {
    Zoetrope zoetrope = new Zoetrope(settings);
    try {
      zoetrope.open(settings);
      zoetrope.awaitReady();
      return zoetrope;
    } catch (RuntimeException e) {
      zoetrope.close();
      throw StartFailures.inWords(e);
    }
  }

  /** Opens the parts, each after those that it depends on, and sets them to work. */
  private void open(ZoetropeSettings settings) {
    DataFolder folder =
        settings.dataFolder().isPresent()
            ? parts.add(DataFolder.open(settings.dataFolder().get()))
            : parts.add(PrivateFolder.create()).folder();
    Logging.toFile(folder.logFile());
    FfmpegLicence.requireLgpl();
    DetectionSettings detection = settings.detection();
    models = LoadedModels.load(detection, () -> LoadedModels.copyBundled(folder.path()), parts);
    cluster = Cluster.connect(settings, folder, parts);
    settings.cluster().ifPresent(address -> watchGroups(address.admin()));
    PrometheusMeterRegistry meters = parts.add(new ProcessMeters()).registry();
    MediaStore store = parts.add(settings.media().openOr(folder.media()));
    RunDefaults defaults = detection.runDefaults(models.choice());

    SplitterRole splitter =
        parts.add(
            new SplitterRole(
                cluster, defaults, settings.shadowModels(), settings.mediaLimits(), store, meters));
    DetectorRole detector = parts.add(new DetectorRole(cluster, models, store, meters));
    topology = parts.add(new TopologyRole(cluster, settings.topology(), folder.state()));
    Optional<Role> assembler =
        settings.assembler()
            ? Optional.of(assembler(settings, folder, store, meters))
            : Optional.empty();
    List<Role> workers =
        Stream.concat(Stream.of(splitter, detector, topology), assembler.stream()).toList();
    gateway =
        parts.add(
            new GatewayRole(
                cluster,
                new GatewaySettings(host, settings.port(), defaults, models.devices()),
                store,
                topology.queries(),
                topology.internal(),
                assembler.flatMap(Role::pictures),
                assembler.map(role -> folder.path()),
                Role.health(workers),
                meters));
    // The detector says what it runs while the topology joins its group.
    roles =
        Stream.concat(Stream.of(splitter, topology, detector, gateway), assembler.stream())
            .toList();
    roles.forEach(Role::start);
  }

  private void watchGroups(Admin admin) {
    Stream<String> others =
        Stream.of(Groups.INTAKE, Groups.SPLITTER, Groups.RENDERS, Groups.SEGMENTS);
    Stream<String> detecting = models.ids().stream().map(Groups::detector);
    parts.add(GroupWatch.start(admin, Stream.concat(others, detecting).toList()));
  }

  private Role assembler(
      ZoetropeSettings settings, DataFolder folder, MediaStore store, MeterRegistry meters) {
    return parts.add(
        new AssemblerRole(
            cluster,
            settings.assemblerWorkers(),
            folder.path(),
            settings.mediaLimits(),
            topology.queries(),
            store,
            meters));
  }

  private void awaitReady() {
    try {
      while (!topology.ready()) {
        check();
        TimeUnit.MILLISECONDS.sleep(READY_POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("INTERRUPTED", "interrupted while starting", e);
    }
  }

  /**
   * Does nothing, unless a part has failed that the others can't do without.
   *
   * @throws IllegalStateException that names it
   */
  public void check() {
    failure()
        .ifPresent(
            failure -> {
              throw new IllegalStateException(failure);
            });
  }

  /** What was closed hasn't failed. */
  @Override
  public Optional<String> failure() {
    if (parts.isClosed()) {
      return Optional.empty();
    }
    return cluster
        .failure()
        .or(() -> roles.stream().flatMap(role -> role.failure().stream()).findFirst());
  }

  @Override
  public String name() {
    return "Zoetrope";
  }

  @Override
  public URI url() {
    return Reach.url(host, gateway.port().orElseThrow());
  }

  @Override
  public List<String> notes() {
    return roles.stream().flatMap(role -> role.notes().stream()).toList();
  }

  @Override
  public boolean ready() {
    return roles.stream().allMatch(Role::ready);
  }

  /** What each model runs on, by its id. */
  public Map<String, String> devices() {
    return models.devices();
  }

  /** Why models don't run on devices that were tried before those, in sentences. */
  public List<String> devicesPassedOver() {
    return models.devicesPassedOver();
  }

  @Override
  public void giveUp() {
    stop.giveUp();
  }

  /** Stops the parts, each before those that it depends on; within seconds. */
  @Override
  public void close() {
    stop.close();
  }
}
