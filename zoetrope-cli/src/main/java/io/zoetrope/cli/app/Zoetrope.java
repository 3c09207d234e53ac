package io.zoetrope.cli.app;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.zoetrope.cli.data.DataFolder;
import io.zoetrope.cli.data.PrivateFolder;
import io.zoetrope.cli.error.UserError;
import io.zoetrope.detector.DetectorSettings;
import io.zoetrope.detector.FrameDetector;
import io.zoetrope.detector.family.ModelException;
import io.zoetrope.detector.onnx.Model;
import io.zoetrope.gateway.Gateway;
import io.zoetrope.gateway.GatewayException;
import io.zoetrope.gateway.GatewayServices;
import io.zoetrope.gateway.GatewaySettings;
import io.zoetrope.gateway.Health;
import io.zoetrope.gateway.KafkaPublisher;
import io.zoetrope.gateway.SchemaDirectory;
import io.zoetrope.media.FfmpegLicence;
import io.zoetrope.samples.Samples;
import io.zoetrope.schemas.EventException;
import io.zoetrope.schemas.ModelLabels;
import io.zoetrope.schemas.RunDefaults;
import io.zoetrope.schemas.serdes.EventSerdes;
import io.zoetrope.splitter.SplitterSettings;
import io.zoetrope.splitter.VideoSplitter;
import io.zoetrope.store.FileMediaStore;
import io.zoetrope.store.MediaStoreException;
import io.zoetrope.topology.TopologySettings;
import io.zoetrope.topology.VideoLedgerStreams;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A whole Zoetrope in this process: splitter, detector, topology and HTTP API, on an embedded
 * broker or an external cluster. It works on threads of its own from {@link #start} to {@link
 * #close}; a JVM that is told to stop closes it, too. Safe to use from any thread.
 */
public final class Zoetrope implements AutoCloseable {
  private static final int WHOLE_GOPS = 0;
  private static final int READY_POLL_MILLIS = 20;

  private final OpenParts parts = new OpenParts();
  private final Thread shutdown = new Thread(parts::close, "zoetrope-shutdown");
  private final String host;
  private DataFolder folder;
  private List<Model> models;
  private Cluster cluster;
  private VideoSplitter splitter;
  private List<FrameDetector> detectors;
  private VideoLedgerStreams topology;
  private Gateway gateway;

  private Zoetrope(ZoetropeSettings settings) {
    // Whoever listens on every address can be reached on this one.
    this.host = settings.host().equals("0.0.0.0") ? "127.0.0.1" : settings.host();
  }

  /**
   * Starts everything, and returns when queries are answered.
   *
   * @throws UserError for what the user can put right: a data folder, a model, a port, a cluster
   *     that can't be used
   */
  public static Zoetrope start(ZoetropeSettings settings) {
    Zoetrope zoetrope = new Zoetrope(settings);
    Runtime.getRuntime().addShutdownHook(zoetrope.shutdown);
    try {
      zoetrope.open(settings);
      zoetrope.awaitReady();
      return zoetrope;
    } catch (ModelException e) {
      throw zoetrope.failed(e.code().name(), e);
    } catch (EventException e) {
      throw zoetrope.failed(e.code(), e);
    } catch (MediaStoreException e) {
      throw zoetrope.failed(e.code(), e);
    } catch (GatewayException e) {
      throw zoetrope.failed(e.code(), e);
    } catch (RuntimeException e) {
      zoetrope.close();
      throw e;
    }
  }

  /** Opens the parts, each after those that it depends on, and sets them to work. */
  private void open(ZoetropeSettings settings) {
    folder =
        settings.dataFolder().isPresent()
            ? parts.add(DataFolder.open(settings.dataFolder().get()))
            : parts.add(PrivateFolder.create()).folder();
    Logging.toFile(folder.logFile());
    FfmpegLicence.requireLgpl();
    DetectionSettings detection = settings.detection();
    models = load(detection);
    ModelLabels labels =
        new ModelLabels(
            models.stream()
                .collect(Collectors.toMap(Model::id, Model::labels, (one, same) -> one)));
    labels.requireOfAny(detection.filter());
    // Before anything else is at work, where it is to be measured.
    Map<Model, Integer> workers =
        models.stream().collect(Collectors.toMap(model -> model, detection.workers()::forModel));
    cluster = Cluster.connect(settings, folder, parts);
    EventSerdes serdes = new EventSerdes(cluster.registry());
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    parts.add(meters::close);
    FileMediaStore store = FileMediaStore.open(folder.media(), settings.mediaLocations());
    store.clearIncoming();
    RunDefaults defaults =
        new RunDefaults(models.get(0).id(), detection.confidence(), detection.iou(), WHOLE_GOPS)
            .withFilter(detection.filter())
            .withLabels(labels);

    splitter =
        parts.add(
            new VideoSplitter(
                SplitterSettings.of(cluster.kafka(), cluster.instance(), defaults)
                    .withLimits(settings.mediaLimits()),
                serdes,
                store,
                meters));
    DetectorSettings detector = DetectorSettings.of(cluster.kafka(), cluster.instance());
    detectors =
        models.stream()
            .map(
                model ->
                    new FrameDetector(
                        detector.withWorkers(workers.get(model)), model, serdes, store, meters))
            .map(parts::add)
            .toList();
    topology =
        parts.add(
            new VideoLedgerStreams(TopologySettings.of(folder.state(), cluster.kafka()), serdes));
    KafkaPublisher publisher = parts.add(new KafkaPublisher(cluster.kafka(), serdes));
    gateway =
        parts.add(
            new Gateway(
                new GatewaySettings(
                    settings.host(), settings.port(), defaults, modelIds(), devices()),
                new GatewayServices(
                    store,
                    topology.queries(),
                    publisher,
                    health(publisher),
                    meters,
                    cluster.embeddedRegistry().map(SchemaDirectory::of).orElse(null))));
    splitter.start();
    detectors.forEach(FrameDetector::start);
    topology.start();
  }

  private Health health(KafkaPublisher publisher) {
    return new Health(
        Map.of("topology", topology::alive),
        Map.of(
            "topology", topology::ready,
            "splitter", splitter::isHealthy,
            "detector", () -> detectors.stream().allMatch(FrameDetector::isHealthy),
            "cluster", publisher::ready));
  }

  private List<Model> load(DetectionSettings settings) {
    if (settings.models().isEmpty()) {
      return List.of(parts.add(Model.load(bundledModel(), settings.options())));
    }
    return settings.models().stream()
        .distinct()
        .map(file -> parts.add(Model.load(file, settings.options(), settings.trials())))
        .toList();
  }

  private Path bundledModel() {
    try {
      return Samples.copyModel(folder.path().resolve("models"));
    } catch (IOException e) {
      throw new UserError(
          "DATA_FOLDER_UNWRITABLE",
          "the bundled model can't be written to " + folder.path() + " (" + e + ")",
          e);
    }
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

  private UserError failed(String code, RuntimeException cause) {
    close();
    return new UserError(code, cause.getMessage(), cause);
  }

  /**
   * Does nothing, unless a part has failed that the others can't do without; one that was closed
   * hasn't failed.
   *
   * @throws IllegalStateException that names it
   */
  public void check() {
    if (parts.isClosed()) {
      return;
    }
    cluster.check();
    if (!topology.alive()) {
      throw new IllegalStateException("the topology stopped: " + topology.state());
    }
  }

  /** Where the HTTP API listens. */
  public URI url() {
    return URI.create("http://" + host + ":" + gateway.port());
  }

  /** The models that are detected with, the default one first. */
  public List<String> modelIds() {
    return models.stream().map(Model::id).toList();
  }

  /** What each model runs on, by its id. */
  public Map<String, String> devices() {
    Map<String, String> devices = new LinkedHashMap<>();
    models.forEach(model -> devices.put(model.id(), model.device().toString()));
    return devices;
  }

  /** Why models don't run on devices that were tried before those, in sentences. */
  public List<String> devicesPassedOver() {
    return models.stream().flatMap(model -> model.passedOver().stream()).distinct().toList();
  }

  /** Stops the parts, each before those that it depends on; within seconds. */
  @Override
  public void close() {
    parts.close();
    try {
      Runtime.getRuntime().removeShutdownHook(shutdown);
    } catch (IllegalStateException stopping) {
      // The hook runs already, and waits for nothing more.
    }
  }
}
