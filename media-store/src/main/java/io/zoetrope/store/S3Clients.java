package io.zoetrope.store;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Clients of Amazon's object store and of those that speak its language. */
final class S3Clients {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

  // With the SDK's pauses in between, about ten seconds.
  private static final int ATTEMPTS = 8;

  // To servers that aren't Amazon's it is but a word in a signature.
  private static final Region ANY_REGION = Region.US_EAST_1;

  private S3Clients() {}

  /**
   * Does nothing where the environment says as whom to ask.
   *
   * @throws MediaStoreException {@code CONFIG_INVALID}
   */
  static void requireCredentials(S3Address address) {
    try (DefaultCredentialsProvider credentials = DefaultCredentialsProvider.builder().build()) {
      credentials.resolveCredentials();
    } catch (SdkException e) {
      throw new MediaStoreException(
          "CONFIG_INVALID",
          "nothing says as whom to ask the media store %s; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or whatever else AWS's own tools go by"
              .formatted(address),
          e);
    }
  }

  /**
   * A client that sends again what fails in passing.
   *
   * @throws MediaStoreException {@code CONFIG_INVALID} where nothing says which region it is for
   */
  static S3Client open(S3Address address) {
    return open(address, ATTEMPTS);
  }

  static S3Client open(S3Address address, int attempts) {
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(CONNECT_TIMEOUT)
                    .socketTimeout(READ_TIMEOUT))
            .overrideConfiguration(
                override -> override.retryStrategy(retries -> retries.maxAttempts(attempts)));
    address
        .region()
        .map(Region::of)
        .or(() -> address.endpoint().map(endpoint -> ANY_REGION))
        .ifPresent(builder::region);
    if (address.endpoint().isPresent()) {
      // What Amazon's own servers have learned of late, others often haven't.
      builder
          .endpointOverride(address.endpoint().get())
          .forcePathStyle(true)
          .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
          .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
          .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false));
    }
    try {
      return builder.build();
    } catch (SdkException e) {
      throw new MediaStoreException(
          "CONFIG_INVALID",
          "the media store %s can't be used: %s".formatted(address, e.getMessage()),
          e);
    }
  }
}
