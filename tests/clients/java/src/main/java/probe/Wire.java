package probe;

import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** A synchronous client as it comes, which only notes what it sends and gets. */
final class Wire implements AutoCloseable, ExecutionInterceptor {
  static final Region REGION = Region.EU_WEST_1;
  static final StaticCredentialsProvider KEYS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));

  final Set<String> sentTypes = ConcurrentHashMap.newKeySet();
  final Set<String> receivedTypes = ConcurrentHashMap.newKeySet();
  KinesisClient client;

  static Wire sync(URI endpoint) {
    Wire wire = new Wire();
    wire.client =
        KinesisClient.builder()
            .endpointOverride(endpoint)
            .region(REGION)
            .credentialsProvider(KEYS)
            .overrideConfiguration(o -> o.addExecutionInterceptor(wire))
            .build();
    return wire;
  }

  @Override
  public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
    context.httpRequest().firstMatchingHeader("Content-Type").ifPresent(sentTypes::add);
  }

  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
    context.httpResponse().firstMatchingHeader("Content-Type").ifPresent(receivedTypes::add);
  }

  @Override
  public void close() {
    client.close();
  }
}
