package io.zoetrope.cli.config;

import io.zoetrope.detector.family.InputOverride;
import io.zoetrope.detector.family.Recognition;
import io.zoetrope.detector.inference.WorkerChoice;
import io.zoetrope.detector.onnx.Device;
import io.zoetrope.events.Point;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every setting that there is: key, flag, type, default, meaning. */
public final class Settings {
  private static final List<Setting<?>> TABLE = new ArrayList<>();

  /** Which models are pulled without being asked for by {@code zoetrope models pull}. */
  public enum Pulling {
    MISSING,
    NEVER
  }

  // Which cluster, which service
  public static final Setting<String> BOOTSTRAP_SERVERS =
      row(
          "bootstrap.servers",
          "--bootstrap-servers",
          SettingType.text("HOST:PORT,..."),
          null,
          "Kafka cluster to use instead of the embedded broker; needs --schema-registry");
  public static final Setting<URI> SCHEMA_REGISTRY_URL =
      row(
          "schema.registry.url",
          "--schema-registry",
          SettingType.url(),
          null,
          "schema registry that belongs to --bootstrap-servers");
  public static final Setting<URI> SERVER_URL =
      row(
          "server.url",
          "--server",
          SettingType.url(),
          null,
          "running Zoetrope to use instead of starting one");

  // One process among several
  public static final Setting<String> INSTANCE =
      row(
          "instance",
          "--instance",
          SettingType.text("NAME"),
          null,
          "name of this process among its like, which its successor has as well and nobody else has, so that it ends at once what this one left open; without it a random one");
  public static final Setting<String> CLUSTER_SECRET =
      row(
          "cluster.secret",
          null,
          SettingType.text(),
          null,
          "what topologies, gateways and assemblers of one installation show each other; the same for all of them, and only in the environment or in a file");
  public static final Setting<URI> ADVERTISE_URL =
      row(
          "advertise.url",
          "--advertise",
          SettingType.url(),
          null,
          "where the other processes reach this topology; without it at the address that it listens on");
  public static final Setting<List<URI>> TOPOLOGY_URLS =
      row(
          "topology.urls",
          "--topology",
          SettingType.urls(),
          null,
          "topologies that this gateway or assembler asks, one or more of them: each knows the others");
  public static final Setting<Integer> STANDBYS =
      row(
          "topology.standbys",
          "--standbys",
          SettingType.integer(0, 8),
          "0",
          "further topologies that keep a copy of each store, and answer from it while its owner is away");
  public static final Setting<Integer> ASSEMBLER_WORKERS =
      row(
          "assembler.workers",
          "--assembler-workers",
          SettingType.integer(1, 256),
          null,
          "threads that draw and encode annotated videos; without it as many as cores");
  public static final Setting<List<URI>> ASSEMBLER_URLS =
      row(
          "assembler.urls",
          "--assembler",
          SettingType.urls(),
          null,
          "assemblers that this gateway has stills and clips made by; without it it serves none");
  public static final Setting<Duration> STALL_TIMEOUT =
      row(
          "run.stall.timeout",
          null,
          SettingType.duration(),
          "2m",
          "time without a result after which a run's missing batches are asked for once more, three times at most");
  public static final Setting<Integer> REPLICATION =
      row(
          "topics.replication",
          "--replication",
          SettingType.integer(1, 32),
          null,
          "replicas of each topic that is made; without it as many as the brokers choose");

  // Where things are
  public static final Setting<Path> DATA_DIR =
      row(
          "data.dir",
          "--data",
          SettingType.path("DIR"),
          null,
          "folder for the broker's log, the videos and the state stores");
  public static final Setting<List<Path>> MEDIA_LOCATIONS =
      row(
          "media.locations",
          "--media-locations",
          SettingType.paths("DIR,..."),
          null,
          "folders that submitted videos may lie in, beside the media store of the data folder");
  public static final Setting<URI> MEDIA_STORE =
      row(
          "media.store",
          "--media-store",
          SettingType.store(),
          null,
          "where uploaded videos are kept, the same for every process: a folder that all of them see, or s3://BUCKET/PREFIX; without it, where everything is one process, media in the data folder");
  public static final Setting<Path> OUTPUT_DIR =
      row(
          "output.dir",
          "--output",
          SettingType.path("DIR"),
          "zoetrope-out",
          "folder for NAME.detections.jsonl, one for each video");

  // What a video may take
  public static final Setting<Integer> LIMIT_PIXELS =
      limit(
          "media.limits.pixels",
          SettingType.integer(1, Integer.MAX_VALUE),
          "33423360",
          "most pixels of a video's picture");
  public static final Setting<Duration> LIMIT_DURATION =
      limit("media.limits.duration", SettingType.duration(), "24h", "longest video");
  public static final Setting<Integer> LIMIT_STREAMS =
      limit(
          "media.limits.streams",
          SettingType.integer(1, Integer.MAX_VALUE),
          "64",
          "most streams in a file, of any kind");
  public static final Setting<DataSize> LIMIT_PACKET =
      limit("media.limits.packet", SettingType.size(), "64MiB", "largest compressed picture");
  public static final Setting<Integer> LIMIT_BATCHES =
      limit(
          "media.limits.batches",
          SettingType.integer(1, Integer.MAX_VALUE),
          "1000000",
          "most frame batches of a video");
  public static final Setting<DataSize> LIMIT_PROBE_SIZE =
      limit(
          "media.limits.probe.size",
          SettingType.size(),
          "256MiB",
          "most that is read to find out what a file holds, its index included");
  public static final Setting<Duration> LIMIT_PROBE_TIME =
      limit(
          "media.limits.probe.time",
          SettingType.duration(),
          "20s",
          "longest time that finding that out may take");

  // What is detected
  public static final Setting<List<String>> MODELS =
      row(
          "models",
          "--model",
          SettingType.texts("FILE|NAME,..."),
          null,
          "ONNX detectors to run, by file or by the name that `zoetrope models list` shows, the first one where a run names none; without it the bundled one, which knows shapes only; with --server one that runs there, by its file, name or id; for splitters and gateways, which run none, the one of runs that name none, by name or id, without it the only one that detectors announce");
  public static final Setting<String> MODEL_FAMILY =
      row(
          "model.family",
          "--model-family",
          SettingType.text("NAME"),
          null,
          "family of the model, where it can't be told or is told wrongly: "
              + String.join(", ", Recognition.familyNames()));
  public static final Setting<Path> MODEL_NAMES =
      row(
          "model.names",
          "--model-names",
          SettingType.path("FILE"),
          null,
          "names of the model's classes in place of its own: one in each line, or YAML or JSON with names:");
  public static final Setting<InputOverride> MODEL_INPUT =
      row(
          "model.input",
          "--model-input",
          SettingType.input(),
          null,
          "pictures that the model wants, where its family's are others: rgb or bgr, 0..1 or 0..255, centred, top-left or stretched");
  public static final Setting<Device.Kind> DEVICE =
      row(
          "device",
          "--device",
          SettingType.device(),
          "cpu",
          "what models run on: cpu, cuda, tensorrt, openvino or coreml; auto takes the best that works, but not tensorrt");
  public static final Setting<Integer> DEVICE_ID =
      row(
          "device.id",
          "--device-id",
          SettingType.integer(0, 255),
          null,
          "which of several such devices; without it the first");
  public static final Setting<Boolean> DEVICE_FLOAT16 =
      row(
          "device.fp16",
          "--device-fp16",
          SettingType.flag(),
          "false",
          "compute in float16 what the model has in float32, faster and less exactly; tensorrt and coreml can");
  public static final Setting<Path> DEVICE_CACHE =
      row(
          "device.cache",
          "--device-cache",
          SettingType.path("DIR"),
          null,
          "folder in which tensorrt and coreml keep what they compile, for the next start");
  public static final Setting<Integer> BATCH_SIZE =
      row(
          "device.batch",
          "--batch-size",
          SettingType.integer(1, 256),
          null,
          "pictures in one run of a model that leaves their number open; without it 8 on cuda and tensorrt, else 1");
  public static final Setting<WorkerChoice> WORKERS =
      row(
          "detector.workers",
          "--workers",
          SettingType.workers(),
          null,
          "threads that decode and infer; without it as many as cores, with auto the number that is fastest in a trial of about a second");
  public static final Setting<Float> CONFIDENCE =
      row(
          "detect.confidence",
          "--confidence",
          SettingType.fraction(),
          "0.25",
          "least confidence of a detection");
  public static final Setting<Float> IOU =
      row(
          "detect.iou",
          "--iou",
          SettingType.fraction(),
          "0.45",
          "overlap from which two boxes of a label are one object");
  public static final Setting<List<String>> LABELS =
      row(
          "detect.labels",
          "--labels",
          SettingType.labels(),
          null,
          "labels that count, as the model spells them; without it every label does");
  public static final Setting<List<String>> DROP_LABELS =
      row(
          "detect.drop.labels",
          "--drop-labels",
          SettingType.labels(),
          null,
          "labels that don't count");
  public static final Setting<Map<String, Float>> LABEL_CONFIDENCE =
      row(
          "detect.label.confidence",
          "--label-confidence",
          SettingType.labelConfidences(),
          null,
          "least confidence of a detection with this label, instead of that of all");
  public static final Setting<BoxSize> MIN_SIZE =
      row(
          "detect.min.size",
          "--min-size",
          SettingType.boxSize(),
          null,
          "least width and height of a box, in pixels of the picture");
  public static final Setting<List<Point>> REGION =
      row(
          "detect.region",
          "--region",
          SettingType.region(),
          null,
          "polygon that the centre of a box has to lie in, its corners as fractions of the picture's width and height");

  public static final Setting<List<String>> SHADOW_MODELS =
      row(
          "detect.shadow.models",
          "--shadow-models",
          SettingType.texts("ID|NAME,..."),
          null,
          "models that see every new video as well, in runs of their own, which nobody waits for; none of them is the one of runs that name none, unless --model says so");

  // Where models come from
  public static final Setting<Path> MODELS_FOLDER =
      row(
          "models.folder",
          "--models-folder",
          SettingType.path("DIR"),
          null,
          "folder that models are pulled into; without it zoetrope/models in $XDG_DATA_HOME or in ~/.local/share");
  public static final Setting<Path> MODELS_CATALOGUE =
      row(
          "models.catalogue",
          "--catalogue",
          SettingType.path("FILE"),
          null,
          "JSON file of more models that can be pulled, which goes before the bundled catalogue");
  public static final Setting<Pulling> MODELS_PULL =
      row(
          "models.pull",
          "--pull",
          SettingType.choice(Pulling.class),
          "missing",
          "whether a model that is named and isn't here is pulled");
  public static final Setting<DataSize> LIMIT_MODEL =
      limit("models.limits.size", SettingType.size(), "1GiB", "largest file of a model");
  public static final Setting<DataSize> LIMIT_MODEL_MEMORY =
      limit(
          "models.limits.memory",
          SettingType.size(),
          "4GiB",
          "most memory that a model may take when it is tried, before it is first used");
  public static final Setting<Duration> LIMIT_MODEL_TIME =
      limit(
          "models.limits.time",
          SettingType.duration(),
          "60s",
          "longest time that a model may take to load and to run twice then");

  // The service
  public static final Setting<String> HTTP_HOST =
      row(
          "http.host",
          "--host",
          SettingType.text("ADDRESS"),
          "127.0.0.1",
          "address that the HTTP API listens on");
  public static final Setting<Integer> HTTP_PORT =
      row(
          "http.port",
          "--port",
          SettingType.integer(0, 65535),
          null,
          "port that the HTTP API listens on, or health and metrics where there is no API; 0 takes a free one, as do processes without an API where it isn't given; the others take 8080");

  /** Where the HTTP API listens that wasn't told where. */
  public static final int DEFAULT_PORT = 8080;

  private Settings() {}

  /** All rows, in the order of the table. */
  public static List<Setting<?>> all() {
    return List.copyOf(TABLE);
  }

  /** What detects. */
  public static List<Setting<?>> ofModels() {
    return List.of(
        MODELS,
        MODELS_FOLDER,
        MODELS_CATALOGUE,
        MODELS_PULL,
        MODEL_FAMILY,
        MODEL_NAMES,
        MODEL_INPUT,
        DEVICE,
        DEVICE_ID,
        DEVICE_FLOAT16,
        DEVICE_CACHE,
        BATCH_SIZE,
        WORKERS);
  }

  /** Which detections count, where a run doesn't say. */
  public static List<Setting<?>> ofRuns() {
    return List.of(CONFIDENCE, IOU, LABELS, DROP_LABELS, LABEL_CONFIDENCE, MIN_SIZE, REGION);
  }

  /** What detects, and what counts: of every command that may start a whole service. */
  public static List<Setting<?>> ofDetection() {
    return Stream.concat(ofModels().stream(), ofRuns().stream()).toList();
  }

  private static <T> Setting<T> limit(
      String key, SettingType<T> type, String fallback, String description) {
    return row(key, null, type, fallback, description);
  }

  private static <T> Setting<T> row(
      String key, String flag, SettingType<T> type, String fallback, String description) {
    Setting<T> setting = new Setting<>(key, flag, type, fallback, description);
    TABLE.add(setting);
    return setting;
  }
}
