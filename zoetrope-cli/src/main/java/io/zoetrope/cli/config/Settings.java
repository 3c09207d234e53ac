package io.zoetrope.cli.config;

import static io.zoetrope.cli.config.SettingType.boxSize;
import static io.zoetrope.cli.config.SettingType.choice;
import static io.zoetrope.cli.config.SettingType.device;
import static io.zoetrope.cli.config.SettingType.duration;
import static io.zoetrope.cli.config.SettingType.flag;
import static io.zoetrope.cli.config.SettingType.fraction;
import static io.zoetrope.cli.config.SettingType.input;
import static io.zoetrope.cli.config.SettingType.integer;
import static io.zoetrope.cli.config.SettingType.labelConfidences;
import static io.zoetrope.cli.config.SettingType.labels;
import static io.zoetrope.cli.config.SettingType.path;
import static io.zoetrope.cli.config.SettingType.paths;
import static io.zoetrope.cli.config.SettingType.region;
import static io.zoetrope.cli.config.SettingType.size;
import static io.zoetrope.cli.config.SettingType.store;
import static io.zoetrope.cli.config.SettingType.text;
import static io.zoetrope.cli.config.SettingType.texts;
import static io.zoetrope.cli.config.SettingType.url;
import static io.zoetrope.cli.config.SettingType.urls;
import static io.zoetrope.cli.config.SettingType.workers;

import io.zoetrope.detector.family.InputOverride;
import io.zoetrope.detector.family.Recognition;
import io.zoetrope.detector.inference.WorkerChoice;
import io.zoetrope.detector.onnx.Device;
import io.zoetrope.events.Point;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every setting that there is: key, flag, type, default, meaning. */
public final class Settings {
  private static final SettingTable TABLE = new SettingTable();

  /** Which models are pulled without being asked for by {@code zoetrope models pull}. */
  public enum Pulling {
    MISSING,
    NEVER
  }

  // Which cluster, which service
  public static final Setting<String> BOOTSTRAP_SERVERS =
      TABLE
          .row("bootstrap.servers", "--bootstrap-servers", text("HOST:PORT,..."))
          .means("Kafka cluster to use instead of the embedded broker; needs --schema-registry");
  public static final Setting<URI> SCHEMA_REGISTRY_URL =
      TABLE
          .row("schema.registry.url", "--schema-registry", url())
          .means("schema registry that belongs to --bootstrap-servers");
  public static final Setting<URI> SERVER_URL =
      TABLE
          .row("server.url", "--server", url())
          .means("running Zoetrope to use instead of starting one");

  // One process among several
  public static final Setting<String> INSTANCE =
      TABLE
          .row("instance", "--instance", text("NAME"))
          .means(
              "name of this process among its like, which its successor has as well and nobody else has, so that it ends at once what this one left open; without it a random one");
  public static final Setting<String> CLUSTER_SECRET =
      TABLE
          .row("cluster.secret", text())
          .means(
              "what topologies, gateways and assemblers of one installation show each other; the same for all of them, and only in the environment or in a file");
  public static final Setting<URI> ADVERTISE_URL =
      TABLE
          .row("advertise.url", "--advertise", url())
          .means(
              "where the other processes reach this topology; without it at the address that it listens on");
  public static final Setting<List<URI>> TOPOLOGY_URLS =
      TABLE
          .row("topology.urls", "--topology", urls())
          .means(
              "topologies that this gateway or assembler asks, one or more of them: each knows the others");
  public static final Setting<Integer> STANDBYS =
      TABLE
          .row("topology.standbys", "--standbys", integer(0, 8))
          .byDefault("0")
          .means(
              "further topologies that keep a copy of each store, and answer from it while its owner is away");
  public static final Setting<Integer> ASSEMBLER_WORKERS =
      TABLE
          .row("assembler.workers", "--assembler-workers", integer(1, 256))
          .means("threads that draw and encode annotated videos; without it as many as cores");
  public static final Setting<List<URI>> ASSEMBLER_URLS =
      TABLE
          .row("assembler.urls", "--assembler", urls())
          .means(
              "assemblers that this gateway has stills and clips made by; without it it serves none");
  public static final Setting<Duration> STALL_TIMEOUT =
      TABLE
          .row("run.stall.timeout", duration())
          .byDefault("2m")
          .means(
              "time without a result after which a run's missing batches are asked for once more, three times at most");
  public static final Setting<Integer> REPLICATION =
      TABLE
          .row("topics.replication", "--replication", integer(1, 32))
          .means("replicas of each topic that is made; without it as many as the brokers choose");

  // Where things are
  public static final Setting<Path> DATA_DIR =
      TABLE
          .row("data.dir", "--data", path("DIR"))
          .means("folder for the broker's log, the videos and the state stores");
  public static final Setting<List<Path>> MEDIA_LOCATIONS =
      TABLE
          .row("media.locations", "--media-locations", paths("DIR,..."))
          .means(
              "folders that submitted videos may lie in, beside the media store of the data folder");
  public static final Setting<URI> MEDIA_STORE =
      TABLE
          .row("media.store", "--media-store", store())
          .means(
              "where uploaded videos are kept, the same for every process: a folder that all of them see, or s3://BUCKET/PREFIX; without it, where everything is one process, media in the data folder");
  public static final Setting<Path> OUTPUT_DIR =
      TABLE
          .row("output.dir", "--output", path("DIR"))
          .byDefault("zoetrope-out")
          .means(
              "folder for NAME.detections.jsonl of each video, and NAME.annotated.mp4 where that is asked for");

  // What a video may take
  public static final Setting<Integer> LIMIT_PIXELS =
      TABLE
          .row("media.limits.pixels", integer(1, Integer.MAX_VALUE))
          .byDefault("33423360")
          .means("most pixels of a video's picture");
  public static final Setting<Duration> LIMIT_DURATION =
      TABLE.row("media.limits.duration", duration()).byDefault("24h").means("longest video");
  public static final Setting<Integer> LIMIT_STREAMS =
      TABLE
          .row("media.limits.streams", integer(1, Integer.MAX_VALUE))
          .byDefault("64")
          .means("most streams in a file, of any kind");
  public static final Setting<DataSize> LIMIT_PACKET =
      TABLE
          .row("media.limits.packet", size())
          .byDefault("64MiB")
          .means("largest compressed picture");
  public static final Setting<Integer> LIMIT_BATCHES =
      TABLE
          .row("media.limits.batches", integer(1, Integer.MAX_VALUE))
          .byDefault("1000000")
          .means("most frame batches of a video");
  public static final Setting<DataSize> LIMIT_PROBE_SIZE =
      TABLE
          .row("media.limits.probe.size", size())
          .byDefault("256MiB")
          .means("most that is read to find out what a file holds, its index included");
  public static final Setting<Duration> LIMIT_PROBE_TIME =
      TABLE
          .row("media.limits.probe.time", duration())
          .byDefault("20s")
          .means("longest time that finding that out may take");

  // What is detected
  public static final Setting<List<String>> MODELS =
      TABLE
          .row("models", "--model", texts("FILE|NAME,..."))
          .means(
              "ONNX detectors to run, by file or by the name that `zoetrope models list` shows, the first one where a run names none; without it the bundled one, which knows shapes only; with --server one that runs there, by its file, name or id; for splitters and gateways, which run none, the one of runs that name none, by name or id, without it the only one that detectors announce");
  public static final Setting<String> MODEL_FAMILY =
      TABLE
          .row("model.family", "--model-family", text("NAME"))
          .means(
              "family of the model, where it can't be told or is told wrongly: "
                  + String.join(", ", Recognition.familyNames()));
  public static final Setting<Path> MODEL_NAMES =
      TABLE
          .row("model.names", "--model-names", path("FILE"))
          .means(
              "names of the model's classes in place of its own: one in each line, or YAML or JSON with names:");
  public static final Setting<InputOverride> MODEL_INPUT =
      TABLE
          .row("model.input", "--model-input", input())
          .means(
              "pictures that the model wants, where its family's are others: rgb or bgr, 0..1 or 0..255, centred, top-left or stretched");
  public static final Setting<Device.Kind> DEVICE =
      TABLE
          .row("device", "--device", device())
          .byDefault("cpu")
          .means(
              "what models run on: cpu, cuda, tensorrt, openvino or coreml; auto takes the best that works, but not tensorrt");
  public static final Setting<Integer> DEVICE_ID =
      TABLE
          .row("device.id", "--device-id", integer(0, 255))
          .means("which of several such devices; without it the first");
  public static final Setting<Boolean> DEVICE_FLOAT16 =
      TABLE
          .row("device.fp16", "--device-fp16", flag())
          .byDefault("false")
          .means(
              "compute in float16 what the model has in float32, faster and less exactly; tensorrt and coreml can");
  public static final Setting<Path> DEVICE_CACHE =
      TABLE
          .row("device.cache", "--device-cache", path("DIR"))
          .means("folder in which tensorrt and coreml keep what they compile, for the next start");
  public static final Setting<Integer> BATCH_SIZE =
      TABLE
          .row("device.batch", "--batch-size", integer(1, 256))
          .means(
              "pictures in one run of a model that leaves their number open; without it 8 on cuda and tensorrt, else 1");
  public static final Setting<WorkerChoice> WORKERS =
      TABLE
          .row("detector.workers", "--workers", workers())
          .means(
              "threads that decode and infer; without it as many as cores, with auto the number that is fastest in a trial of about a second");
  public static final Setting<Float> CONFIDENCE =
      TABLE
          .row("detect.confidence", "--confidence", fraction())
          .byDefault("0.25")
          .means("least confidence of a detection");
  public static final Setting<Float> IOU =
      TABLE
          .row("detect.iou", "--iou", fraction())
          .byDefault("0.45")
          .means("overlap from which two boxes of a label are one object");
  public static final Setting<List<String>> LABELS =
      TABLE
          .row("detect.labels", "--labels", labels())
          .means("labels that count, as the model spells them; without it every label does");
  public static final Setting<List<String>> DROP_LABELS =
      TABLE.row("detect.drop.labels", "--drop-labels", labels()).means("labels that don't count");
  public static final Setting<Map<String, Float>> LABEL_CONFIDENCE =
      TABLE
          .row("detect.label.confidence", "--label-confidence", labelConfidences())
          .means("least confidence of a detection with this label, instead of that of all");
  public static final Setting<BoxSize> MIN_SIZE =
      TABLE
          .row("detect.min.size", "--min-size", boxSize())
          .means("least width and height of a box, in pixels of the picture");
  public static final Setting<List<Point>> REGION =
      TABLE
          .row("detect.region", "--region", region())
          .means(
              "polygon that the centre of a box has to lie in, its corners as fractions of the picture's width and height");

  public static final Setting<List<String>> SHADOW_MODELS =
      TABLE
          .row("detect.shadow.models", "--shadow-models", texts("ID|NAME,..."))
          .means(
              "models that see every new video as well, in runs of their own, which nobody waits for; none of them is the one of runs that name none, unless --model says so");

  // Where models come from
  public static final Setting<Path> MODELS_FOLDER =
      TABLE
          .row("models.folder", "--models-folder", path("DIR"))
          .means(
              "folder that models are pulled into; without it zoetrope/models in $XDG_DATA_HOME or in ~/.local/share");
  public static final Setting<Path> MODELS_CATALOGUE =
      TABLE
          .row("models.catalogue", "--catalogue", path("FILE"))
          .means(
              "JSON file of more models that can be pulled, which goes before the bundled catalogue");
  public static final Setting<Pulling> MODELS_PULL =
      TABLE
          .row("models.pull", "--pull", choice(Pulling.class))
          .byDefault("missing")
          .means("whether a model that is named and isn't here is pulled");
  public static final Setting<DataSize> LIMIT_MODEL =
      TABLE.row("models.limits.size", size()).byDefault("1GiB").means("largest file of a model");
  public static final Setting<DataSize> LIMIT_MODEL_MEMORY =
      TABLE
          .row("models.limits.memory", size())
          .byDefault("4GiB")
          .means("most memory that a model may take when it is tried, before it is first used");
  public static final Setting<Duration> LIMIT_MODEL_TIME =
      TABLE
          .row("models.limits.time", duration())
          .byDefault("60s")
          .means("longest time that a model may take to load and to run twice then");

  // The service
  public static final Setting<String> HTTP_HOST =
      TABLE
          .row("http.host", "--host", text("ADDRESS"))
          .byDefault("127.0.0.1")
          .means("address that the HTTP API listens on");
  public static final Setting<Integer> HTTP_PORT =
      TABLE
          .row("http.port", "--port", integer(0, 65535))
          .means(
              "port that the HTTP API listens on, or health and metrics where there is no API; 0 takes a free one, as do processes without an API where it isn't given; the others take 8080");

  /** Where the HTTP API listens that wasn't told where. */
  public static final int DEFAULT_PORT = 8080;

  private Settings() {}

  /** All rows, in the order of the table. */
  public static List<Setting<?>> all() {
    return TABLE.rows();
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
}
