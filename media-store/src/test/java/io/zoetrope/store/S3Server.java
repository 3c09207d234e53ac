package io.zoetrope.store;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** S3Proxy in a process of its own, its objects in memory, with one bucket. */
final class S3Server implements AutoCloseable {
  static final String BUCKET = "zoetrope-test";

  private static final Path JAR = Path.of("target/s3proxy.jar").toAbsolutePath();
  private static final String CONFIGURATION = "s3proxy.conf";
  private static final String LOG = "s3proxy.log";
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final String IDENTITY_PROPERTY = "aws.accessKeyId";
  private static final String SECRET_PROPERTY = "aws.secretAccessKey";
  private static final String IDENTITY = "somebody";
  private static final String SECRET = "something";

  private final Path folder;
  private final Process process;
  private final int port;
  private final S3Client client;

  private S3Server(Path folder, Process process, int port) {
    this.folder = folder;
    this.process = process;
    this.port = port;
    this.client = S3Clients.open(address(port, ""));
  }

  /** Starts one, and makes the environment of this JVM that of one of its users. */
  static S3Server start() throws IOException {
    Path folder = Files.createTempDirectory("zoetrope-s3");
    int port = freePort();
    Path configuration =
        Files.write(
            folder.resolve(CONFIGURATION),
            List.of(
                "s3proxy.endpoint=http://127.0.0.1:" + port,
                "s3proxy.authorization=aws-v2-or-v4",
                "s3proxy.identity=" + IDENTITY,
                "s3proxy.credential=" + SECRET,
                "jclouds.provider=transient-nio2"));
    System.setProperty(IDENTITY_PROPERTY, IDENTITY);
    System.setProperty(SECRET_PROPERTY, SECRET);
    // Nobody else's may help out.
    System.setProperty("aws.disableEc2Metadata", "true");
    System.setProperty("aws.sharedCredentialsFile", folder.resolve("none").toString());
    System.setProperty("aws.configFile", folder.resolve("none").toString());
    Process process =
        new ProcessBuilder(
                JAVA,
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                JAR.toString(),
                "--properties",
                configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(LOG).toFile())
            .start();
    S3Server server = new S3Server(folder, process, port);
    try {
      await().atMost(Duration.ofMinutes(1)).until(() -> !process.isAlive() || listens(port));
      server.client.createBucket(request -> request.bucket(BUCKET));
      return server;
    } catch (RuntimeException e) {
      String said = Files.readString(folder.resolve(LOG));
      server.close();
      throw new IllegalStateException(said, e);
    }
  }

  int port() {
    return port;
  }

  /** A client of its own, for looking behind the store's back. */
  S3Client client() {
    return client;
  }

  /** A media store there, reached through another port. */
  static S3Address address(int port, String prefix) {
    return S3Address.of(
        URI.create("s3://%s/%s?endpoint=http://127.0.0.1:%d".formatted(BUCKET, prefix, port)));
  }

  /** Runs {@code test} as somebody whom nobody knows. */
  void withoutCredentials(Runnable test) {
    System.clearProperty(IDENTITY_PROPERTY);
    System.clearProperty(SECRET_PROPERTY);
    try {
      test.run();
    } finally {
      System.setProperty(IDENTITY_PROPERTY, IDENTITY);
      System.setProperty(SECRET_PROPERTY, SECRET);
    }
  }

  /** The keys of all objects under {@code prefix}. */
  List<String> keys(String prefix) {
    return client
        .listObjectsV2(request -> request.bucket(BUCKET).prefix(prefix))
        .contents()
        .stream()
        .map(S3Object::key)
        .toList();
  }

  /** How many objects are still coming in parts, and won't come. */
  int unfinished() {
    return client.listMultipartUploads(request -> request.bucket(BUCKET)).uploads().size();
  }

  @Override
  public void close() throws IOException {
    client.close();
    process.destroyForcibly().onExit().join();
    Files.delete(folder.resolve(CONFIGURATION));
    Files.delete(folder.resolve(LOG));
    Files.delete(folder);
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
