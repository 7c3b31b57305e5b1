package s3probe;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.transfer.s3.S3TransferManager;

/** Runs the checks in turn, and prints a line for each; the first one that fails ends the program. */
final class Probe {
  private static final int MEBIBYTE = 1024 * 1024;
  private static final String BUCKET = "java";

  private final URI endpoint;
  private final StaticCredentialsProvider credentials;

  private Probe(URI endpoint, String id, String secret) {
    this.endpoint = endpoint;
    this.credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret));
  }

  public static void main(String[] args) throws Exception {
    Probe probe = new Probe(URI.create(args[0]), args[1], args[2]);
    try (S3Client s3 = probe.client()) {
      s3.createBucket(b -> b.bucket(BUCKET));
      s3.waiter().waitUntilBucketExists(b -> b.bucket(BUCKET));
      checksums(s3);
      errors(s3);
      pages(s3);
    }
    probe.transfers();
    System.exit(0);
  }

  private S3Client client() {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(credentials)
        .forcePathStyle(true)
        .build();
  }

  private static byte[] bytes(int seed, int size) {
    byte[] content = new byte[size];
    new Random(seed).nextBytes(content);
    return content;
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  private static void checksums(S3Client s3) {
    ChecksumAlgorithm[] algorithms = {
      ChecksumAlgorithm.CRC32, ChecksumAlgorithm.SHA1, ChecksumAlgorithm.SHA256
    };
    for (ChecksumAlgorithm algorithm : algorithms) {
      byte[] content = bytes(algorithm.ordinal(), 3 * MEBIBYTE + 7);
      String key = "sum " + algorithm + " ü+%";
      s3.putObject(
          b -> b.bucket(BUCKET).key(key).checksumAlgorithm(algorithm).metadata(java.util.Map.of("a", "b")),
          RequestBody.fromBytes(content));
      var got = s3.getObjectAsBytes(b -> b.bucket(BUCKET).key(key).checksumMode(ChecksumMode.ENABLED));
      require(Arrays.equals(got.asByteArray(), content), key);
      require(got.response().metadata().get("a").equals("b"), "metadata of " + key);
      System.out.println("checksum " + algorithm);
    }
  }

  private static void errors(S3Client s3) {
    try {
      s3.getObject(b -> b.bucket(BUCKET).key("missing"));
      throw new AssertionError("a missing key was found");
    } catch (NoSuchKeyException e) {
      require(e.statusCode() == 404, "404");
    }
    try {
      s3.putObject(b -> b.bucket(BUCKET).key("sum CRC32 ü+%").ifNoneMatch("*"), RequestBody.fromString("x"));
      throw new AssertionError("an object was written over");
    } catch (S3Exception e) {
      require(e.awsErrorDetails().errorCode().equals("PreconditionFailed"), e.toString());
    }
    System.out.println("errors");
  }

  private static void pages(S3Client s3) {
    for (int i = 0; i < 11; i++) {
      String key = "pages/" + i;
      s3.putObject(b -> b.bucket(BUCKET).key(key), RequestBody.empty());
    }
    var pages = s3.listObjectsV2Paginator(b -> b.bucket(BUCKET).prefix("pages/").maxKeys(4));
    require(pages.contents().stream().count() == 11, "pages");
    require(pages.stream().count() == 3, "three pages");
    System.out.println("pages");
  }

  private void transfers() throws Exception {
    Path folder = Files.createTempDirectory("millrace-java-");
    Path file = folder.resolve("file");
    Path back = folder.resolve("back");
    byte[] content = bytes(9, 29 * MEBIBYTE + 3);
    Files.write(file, content);
    S3AsyncClient client =
        S3AsyncClient.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(credentials)
            .forcePathStyle(true)
            .multipartEnabled(true)
            .build();
    try (client;
        S3TransferManager manager = S3TransferManager.builder().s3Client(client).build()) {
      var put = manager.uploadFile(b -> b.source(file).putObjectRequest(p -> p.bucket(BUCKET).key("large")));
      String etag = put.completionFuture().join().response().eTag();
      require(etag.endsWith("-4\""), "parts: " + etag);
      manager
          .downloadFile(b -> b.destination(back).getObjectRequest(g -> g.bucket(BUCKET).key("large")))
          .completionFuture()
          .join();
      require(Arrays.equals(Files.readAllBytes(back), content), "the file that came back");
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(back);
      Files.delete(folder);
    }
    System.out.println("transfers");
  }
}
