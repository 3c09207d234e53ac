package io.zoetrope.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * The objects of an object store, its errors in the words of a media store: {@code
 * STORE_UNREACHABLE} where it doesn't answer or says that it can't just now, else what each method
 * says. Any thread.
 */
final class S3Objects implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(S3Objects.class);
  private static final String CONTENT_TYPE = "application/octet-stream";
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  private final S3Client client;

  /** An object as it was at one moment, told by its tag from what may come to lie there later. */
  record Found(S3Location location, long sizeBytes, String tag) {}

  S3Objects(S3Client client) {
    this.client = client;
  }

  /**
   * Does nothing, unless there is no such bucket or nobody to ask. That only a single object may be
   * asked for is left for later.
   */
  void requireBucket(S3Address address) {
    String bucket = address.root().bucket();
    try {
      client.headBucket(request -> request.bucket(bucket));
    } catch (SdkException e) {
      switch (status(e)) {
        case FORBIDDEN -> LOG.warn("Whether there is a bucket {} isn't for us to know", bucket);
        case NOT_FOUND ->
            throw new MediaStoreException(
                "STORE_UNWRITABLE", "there is no bucket " + bucket + "; make it first", e);
        default ->
            throw failed("STORE_UNWRITABLE", "the media store " + address + " can't be used", e);
      }
    }
  }

  /** What lies at {@code location}; empty where nothing does. */
  Optional<Found> find(S3Location location) {
    try {
      HeadObjectResponse head =
          client.headObject(request -> request.bucket(location.bucket()).key(location.key()));
      return Optional.of(new Found(location, head.contentLength(), head.eTag()));
    } catch (SdkException e) {
      if (status(e) == NOT_FOUND) {
        return Optional.empty();
      }
      throw failed("LOCATION_UNREADABLE", location + " can't be read", e);
    }
  }

  /** Reads {@code length} bytes from {@code offset} of an object that hasn't changed since. */
  byte[] read(Found object, long offset, int length) {
    return attempt(
        "LOCATION_UNREADABLE",
        object.location() + " can't be read",
        () ->
            client.getObject(
                request ->
                    request
                        .bucket(object.location().bucket())
                        .key(object.location().key())
                        .range(range(offset, length))
                        .ifMatch(object.tag()),
                (response, bytes) -> all(bytes, length)));
  }

  /** Writes a whole object: the first {@code length} of {@code bytes}. */
  void write(S3Location location, byte[] bytes, int length) {
    attempt(
        "STORE_UNWRITABLE",
        location + " can't be written",
        () ->
            client.putObject(
                request -> request.bucket(location.bucket()).key(location.key()),
                body(bytes, length)));
  }

  /** Begins an object that comes in parts; its name for the other methods. */
  String begin(S3Location location) {
    return attempt(
        "STORE_UNWRITABLE",
        location + " can't be written",
        () ->
            client
                .createMultipartUpload(
                    request -> request.bucket(location.bucket()).key(location.key()))
                .uploadId());
  }

  /**
   * Writes one part.
   *
   * @param number from 1
   */
  CompletedPart writePart(
      S3Location location, String upload, int number, byte[] bytes, int length) {
    String tag =
        attempt(
            "STORE_UNWRITABLE",
            location + " can't be written",
            () ->
                client
                    .uploadPart(
                        request ->
                            request
                                .bucket(location.bucket())
                                .key(location.key())
                                .uploadId(upload)
                                .partNumber(number),
                        body(bytes, length))
                    .eTag());
    return part(number, tag);
  }

  /** Makes one object of the parts. */
  void complete(S3Location location, String upload, List<CompletedPart> parts) {
    attempt(
        "STORE_UNWRITABLE",
        location + " can't be written",
        () ->
            client.completeMultipartUpload(
                request ->
                    request
                        .bucket(location.bucket())
                        .key(location.key())
                        .uploadId(upload)
                        .multipartUpload(whole -> whole.parts(parts))));
  }

  /** Forgets the parts. */
  void abort(S3Location location, String upload) {
    attempt(
        "STORE_UNWRITABLE",
        "what half arrived at " + location + " can't be removed",
        () ->
            client.abortMultipartUpload(
                request -> request.bucket(location.bucket()).key(location.key()).uploadId(upload)));
  }

  /**
   * Copies an object within the object store.
   *
   * @param bytes its size
   * @param mostBytes that are copied at once; what is larger is copied piece by piece
   */
  void copy(S3Location from, S3Location to, long bytes, long mostBytes) {
    if (bytes > mostBytes) {
      copyInPieces(from, to, bytes, mostBytes);
      return;
    }
    attempt(
        "STORE_UNWRITABLE",
        to + " can't be written",
        () ->
            client.copyObject(
                request ->
                    request
                        .sourceBucket(from.bucket())
                        .sourceKey(from.key())
                        .destinationBucket(to.bucket())
                        .destinationKey(to.key())));
  }

  private void copyInPieces(S3Location from, S3Location to, long bytes, long mostBytes) {
    String upload = begin(to);
    try {
      List<CompletedPart> parts = new ArrayList<>();
      for (long offset = 0; offset < bytes; offset += mostBytes) {
        parts.add(
            copyPiece(
                from,
                to,
                upload,
                parts.size() + 1,
                range(offset, Math.min(mostBytes, bytes - offset))));
      }
      complete(to, upload, parts);
    } catch (MediaStoreException e) {
      try {
        abort(to, upload);
      } catch (MediaStoreException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }

  private CompletedPart copyPiece(
      S3Location from, S3Location to, String upload, int number, String range) {
    String tag =
        attempt(
            "STORE_UNWRITABLE",
            to + " can't be written",
            () ->
                client
                    .uploadPartCopy(
                        request ->
                            request
                                .sourceBucket(from.bucket())
                                .sourceKey(from.key())
                                .copySourceRange(range)
                                .destinationBucket(to.bucket())
                                .destinationKey(to.key())
                                .uploadId(upload)
                                .partNumber(number))
                    .copyPartResult()
                    .eTag());
    return part(number, tag);
  }

  /**
   * Every object whose key begins with that of {@code folder} and a slash. It takes the right to
   * list the bucket.
   */
  List<S3Location> under(S3Location folder) {
    return attempt(
        "STORE_UNWRITABLE",
        "what lies under " + folder + " can't be listed",
        () ->
            client
                .listObjectsV2Paginator(
                    request -> request.bucket(folder.bucket()).prefix(folder.key() + "/"))
                .contents()
                .stream()
                .map(object -> new S3Location(folder.bucket(), object.key()))
                .toList());
  }

  /** Removes an object, if it is there. */
  void delete(S3Location location) {
    attempt(
        "STORE_UNWRITABLE",
        location + " can't be removed",
        () ->
            client.deleteObject(request -> request.bucket(location.bucket()).key(location.key())));
  }

  @Override
  public void close() {
    client.close();
  }

  private static CompletedPart part(int number, String tag) {
    return CompletedPart.builder().partNumber(number).eTag(tag).build();
  }

  private static String range(long offset, long length) {
    return "bytes=" + offset + "-" + (offset + length - 1);
  }

  private static RequestBody body(byte[] bytes, int length) {
    return RequestBody.fromContentProvider(
        () -> new ByteArrayInputStream(bytes, 0, length), length, CONTENT_TYPE);
  }

  // An answer that breaks off in its middle is sent for again only where it's called retryable.
  private static byte[] all(InputStream answer, int length) {
    try {
      byte[] bytes = answer.readNBytes(length);
      if (bytes.length < length) {
        throw RetryableException.create(
            "the answer ended after %d bytes of %d".formatted(bytes.length, length));
      }
      return bytes;
    } catch (IOException e) {
      throw RetryableException.create("the answer broke off: " + e.getMessage(), e);
    }
  }

  private static <T> T attempt(String code, String failure, Supplier<T> request) {
    try {
      return request.get();
    } catch (SdkException e) {
      throw failed(code, failure, e);
    }
  }

  private static MediaStoreException failed(String code, String what, SdkException e) {
    return new MediaStoreException(
        isAway(e) ? MediaStoreException.STORE_UNREACHABLE : code,
        "%s: %s".formatted(what, e.getMessage()),
        e);
  }

  private static boolean isAway(SdkException e) {
    int status = status(e);
    return !(e instanceof SdkServiceException)
        || status >= SERVER_ERROR
        || status == TOO_MANY_REQUESTS;
  }

  /** The HTTP status of an answer; 0 where there was none. */
  private static int status(SdkException e) {
    return e instanceof SdkServiceException answer ? answer.statusCode() : 0;
  }
}
