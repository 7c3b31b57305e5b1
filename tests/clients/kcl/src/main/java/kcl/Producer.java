package kcl;

import com.google.common.util.concurrent.ListenableFuture;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.kinesis.producer.KinesisProducer;
import software.amazon.kinesis.producer.KinesisProducerConfiguration;
import software.amazon.kinesis.producer.UserRecordResult;

/**
 * A KPL producer with aggregation, which is its default. Prints how many user records were put, and into
 * how many Kinesis records.
 *
 * <p>Arguments: endpoint (https), stream, number of records.
 */
public final class Producer {
  private Producer() {}

  public static void main(String[] args) throws Exception {
    URI endpoint = URI.create(args[0]);
    String stream = args[1];
    int count = Integer.parseInt(args[2]);
    KinesisProducerConfiguration configuration =
        new KinesisProducerConfiguration()
            .setRegion("us-east-1")
            .setCredentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .setKinesisEndpoint(endpoint.getHost())
            .setKinesisPort(endpoint.getPort())
            .setCloudwatchEndpoint(endpoint.getHost())
            .setCloudwatchPort(endpoint.getPort())
            .setStsEndpoint(endpoint.getHost())
            .setStsPort(endpoint.getPort())
            .setMetricsUploadDelay(1_000)
            .setVerifyCertificate(false);
    KinesisProducer producer = new KinesisProducer(configuration);
    List<ListenableFuture<UserRecordResult>> results = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ByteBuffer data = ByteBuffer.wrap(("kpl-" + i).getBytes(StandardCharsets.UTF_8));
      results.add(producer.addUserRecord(stream, "key-" + i % 100, data));
    }
    Set<String> sequenceNumbers = new HashSet<>();
    for (ListenableFuture<UserRecordResult> result : results) {
      UserRecordResult put = result.get();
      if (!put.isSuccessful()) {
        throw new IllegalStateException("a record was not put: " + put.getAttempts());
      }
      sequenceNumbers.add(put.getShardId() + put.getSequenceNumber());
    }
    System.out.println(count + " " + sequenceNumbers.size());
    producer.flushSync();
    producer.destroy();
  }
}
