package probe;

import static probe.Probe.equal;
import static probe.Probe.isTrue;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ConsumerStatus;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardResponseHandler;
import software.amazon.awssdk.utils.AttributeMap;

/** What the asynchronous client does: Netty, HTTP/2, and pushed events. Any certificate will do. */
final class AsyncChecks implements AutoCloseable {
  private static final String SHARD = "shardId-000000000000";
  private static final long PATIENCE_SECONDS = 60;
  private final String stream;
  private final SdkAsyncHttpClient http;
  private final KinesisAsyncClient kinesis;

  AsyncChecks(String stream, URI endpoint) {
    this.stream = stream;
    this.http =
        NettyNioAsyncHttpClient.builder()
            .protocol(Protocol.HTTP2)
            .buildWithDefaults(
                AttributeMap.builder().put(SdkHttpConfigurationOption.TRUST_ALL_CERTIFICATES, true).build());
    this.kinesis =
        KinesisAsyncClient.builder()
            .endpointOverride(endpoint)
            .region(Wire.REGION)
            .credentialsProvider(Wire.KEYS)
            .httpClient(http)
            .build();
  }

  void putAndGet() throws Exception {
    await(kinesis.createStream(r -> r.streamName(stream).shardCount(1)));
    while (await(kinesis.describeStreamSummary(r -> r.streamName(stream))).streamDescriptionSummary().streamStatus()
        != StreamStatus.ACTIVE) Thread.sleep(20);
    equal(put(0, 100).failedRecordCount(), 0, "failed");
    String iterator =
        await(kinesis.getShardIterator(
                r -> r.streamName(stream).shardId(SHARD).shardIteratorType(ShardIteratorType.TRIM_HORIZON)))
            .shardIterator();
    List<Record> records = await(kinesis.getRecords(r -> r.shardIterator(iterator))).records();
    equal(records.stream().map(r -> r.data().asUtf8String()).collect(Collectors.toList()), texts(0, 100), "texts");
  }

  void subscribe() throws Exception {
    String arn = await(kinesis.describeStreamSummary(r -> r.streamName(stream))).streamDescriptionSummary().streamARN();
    String consumer =
        await(kinesis.registerStreamConsumer(r -> r.streamARN(arn).consumerName("reader"))).consumer().consumerARN();
    while (await(kinesis.describeStreamConsumer(r -> r.consumerARN(consumer))).consumerDescription().consumerStatus()
        != ConsumerStatus.ACTIVE) Thread.sleep(20);
    ConcurrentLinkedQueue<String> got = new ConcurrentLinkedQueue<>();
    CompletableFuture<Void> complete = new CompletableFuture<>();
    SubscribeToShardResponseHandler handler =
        SubscribeToShardResponseHandler.builder()
            .onError(complete::completeExceptionally)
            .subscriber(
                event -> {
                  if (!(event instanceof SubscribeToShardEvent)) return;
                  SubscribeToShardEvent pushed = (SubscribeToShardEvent) event;
                  pushed.records().forEach(r -> got.add(r.data().asUtf8String()));
                  if (got.size() >= 200) complete.complete(null);
                })
            .build();
    CompletableFuture<Void> subscription =
        kinesis.subscribeToShard(
            r -> r.consumerARN(consumer).shardId(SHARD).startingPosition(p -> p.type(ShardIteratorType.TRIM_HORIZON)),
            handler);
    put(100, 200);
    complete.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    subscription.cancel(true);
    equal(List.copyOf(got), texts(0, 200), "pushed texts");
  }

  void subscriptionErrors() throws Exception {
    String arn = await(kinesis.describeStreamSummary(r -> r.streamName(stream))).streamDescriptionSummary().streamARN();
    try {
      await(
          kinesis.subscribeToShard(
              r ->
                  r.consumerARN(arn + "/consumer/nobody:1")
                      .shardId(SHARD)
                      .startingPosition(p -> p.type(ShardIteratorType.LATEST)),
              SubscribeToShardResponseHandler.builder().subscriber(event -> {}).build()));
      throw new AssertionError("a consumer that does not exist was subscribed");
    } catch (ExecutionException e) {
      isTrue(e.getCause() instanceof ResourceNotFoundException, "cause " + e.getCause());
    }
  }

  private PutRecordsResponse put(int from, int to) throws Exception {
    List<PutRecordsRequestEntry> entries =
        texts(from, to).stream()
            .map(text -> PutRecordsRequestEntry.builder().partitionKey("key").data(SdkBytes.fromUtf8String(text)).build())
            .collect(Collectors.toList());
    return await(kinesis.putRecords(r -> r.streamName(stream).records(entries)));
  }

  private static List<String> texts(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).collect(Collectors.toList());
  }

  private static <T> T await(CompletableFuture<T> future) throws Exception {
    return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    kinesis.close();
    http.close();
  }
}
