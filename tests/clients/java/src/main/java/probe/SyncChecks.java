package probe;

import static probe.Probe.equal;
import static probe.Probe.isTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.kinesis.waiters.KinesisWaiter;

/** What the synchronous client does: CBOR over HTTP/1.1. */
final class SyncChecks {
  private static final String SHARD = "shardId-000000000000";
  private final Wire wire;
  private final KinesisClient kinesis;

  SyncChecks(Wire wire) {
    this.wire = wire;
    this.kinesis = wire.client;
  }

  void putAndGet() {
    create("java-put");
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) all[i] = (byte) i;
    byte[] big = new byte[1_000_000];
    Arrays.fill(big, (byte) 7);
    List<byte[]> payloads = List.of(new byte[0], all, "Grüße 🛰".getBytes(java.nio.charset.StandardCharsets.UTF_8), big);
    List<String> numbers = new ArrayList<>();
    for (byte[] payload : payloads)
      numbers.add(
          kinesis
              .putRecord(r -> r.streamName("java-put").partitionKey("Schlüssel 🔑").data(SdkBytes.fromByteArray(payload)))
              .sequenceNumber());
    List<Record> records = read("java-put", b -> b.shardIteratorType(ShardIteratorType.TRIM_HORIZON));
    equal(records.size(), 4, "records");
    for (int i = 0; i < 4; i++) {
      isTrue(Arrays.equals(records.get(i).data().asByteArray(), payloads.get(i)), "data " + i);
      equal(records.get(i).partitionKey(), "Schlüssel 🔑", "key " + i);
      equal(records.get(i).sequenceNumber(), numbers.get(i), "number " + i);
    }
  }

  void batch() {
    create("java-batch");
    List<PutRecordsRequestEntry> entries =
        IntStream.range(0, 500)
            .mapToObj(i -> PutRecordsRequestEntry.builder().partitionKey("key " + i % 9).data(SdkBytes.fromUtf8String("" + i)).build())
            .collect(Collectors.toList());
    PutRecordsResponse put = kinesis.putRecords(r -> r.streamName("java-batch").records(entries));
    equal(put.failedRecordCount(), 0, "failed");
    List<Record> records = read("java-batch", b -> b.shardIteratorType(ShardIteratorType.TRIM_HORIZON));
    equal(
        records.stream().map(r -> r.data().asUtf8String()).collect(Collectors.toList()),
        IntStream.range(0, 500).mapToObj(i -> "" + i).collect(Collectors.toList()),
        "texts in order");
    equal(
        records.stream().map(Record::sequenceNumber).collect(Collectors.toList()),
        put.records().stream().map(r -> r.sequenceNumber()).collect(Collectors.toList()),
        "sequence numbers");
  }

  /** In CBOR, times are whole milliseconds, both ways. */
  void timestamps() throws InterruptedException {
    create("java-time");
    Instant before = Instant.now().minusMillis(1);
    kinesis.putRecord(r -> r.streamName("java-time").partitionKey("k").data(SdkBytes.fromUtf8String("early")));
    Thread.sleep(30);
    Instant between = Instant.now();
    kinesis.putRecord(r -> r.streamName("java-time").partitionKey("k").data(SdkBytes.fromUtf8String("late")));
    List<Record> records = read("java-time", b -> b.shardIteratorType(ShardIteratorType.TRIM_HORIZON));
    for (Record record : records) {
      Instant arrival = record.approximateArrivalTimestamp();
      isTrue(!arrival.isBefore(before) && !arrival.isAfter(Instant.now()), "arrival " + arrival);
    }
    List<Record> since = read("java-time", b -> b.shardIteratorType(ShardIteratorType.AT_TIMESTAMP).timestamp(between));
    equal(since.stream().map(r -> r.data().asUtf8String()).collect(Collectors.toList()), List.of("late"), "since");
    StreamDescriptionSummary summary =
        kinesis.describeStreamSummary(r -> r.streamName("java-time")).streamDescriptionSummary();
    Duration age = Duration.between(summary.streamCreationTimestamp(), Instant.now());
    isTrue(age.compareTo(Duration.ofMinutes(5)) < 0 && age.compareTo(Duration.ofSeconds(-2)) > 0, "age " + age);
  }

  void errors() {
    try {
      kinesis.describeStreamSummary(r -> r.streamName("nowhere"));
      throw new AssertionError("a stream that does not exist was described");
    } catch (ResourceNotFoundException e) {
      equal(e.awsErrorDetails().errorMessage(), "Stream nowhere under account 000000000000 not found.", "message");
      equal(e.statusCode(), 400, "status");
      isTrue(e.requestId() != null, "request id");
    }
    try {
      kinesis.createStream(r -> r.streamName("java-put").shardCount(1));
      throw new AssertionError("a stream was created twice");
    } catch (ResourceInUseException e) {
      equal(e.statusCode(), 400, "status");
    }
    try {
      kinesis.getRecords(r -> r.shardIterator("made up"));
      throw new AssertionError("an iterator was made up");
    } catch (InvalidArgumentException e) {
      equal(e.statusCode(), 400, "status");
    }
    try {
      kinesis.createStream(r -> r.streamName("no spaces").shardCount(1));
      throw new AssertionError("a wrong name was taken");
    } catch (KinesisException e) {
      equal(e.awsErrorDetails().errorCode(), "ValidationException", "code");
    }
  }

  void paginatorsAndWaiters() {
    for (int i = 0; i < 5; i++) {
      String name = "java-page-" + i;
      kinesis.createStream(r -> r.streamName(name).shardCount(1));
    }
    List<String> names =
        kinesis.listStreamsPaginator(r -> r.limit(2)).streamNames().stream()
            .filter(name -> name.startsWith("java-page-"))
            .collect(Collectors.toList());
    equal(names.size(), 5, "streams " + names);
    isTrue(
        kinesis.describeStream(r -> r.streamName("java-put")).streamDescription().shards().get(0).shardId().equals(SHARD),
        "shard id");
  }

  void speaksCbor() {
    equal(wire.sentTypes, Set.of("application/x-amz-cbor-1.1"), "sent");
    equal(wire.receivedTypes, Set.of("application/x-amz-cbor-1.1"), "received");
  }

  private void create(String name) {
    kinesis.createStream(r -> r.streamName(name).shardCount(1));
    WaiterOverrideConfiguration often =
        WaiterOverrideConfiguration.builder()
            .maxAttempts(100)
            .backoffStrategyV2(BackoffStrategy.fixedDelay(Duration.ofMillis(50)))
            .build();
    try (KinesisWaiter waiter = KinesisWaiter.builder().client(kinesis).overrideConfiguration(often).build()) {
      waiter.waitUntilStreamExists(r -> r.streamName(name));
    }
  }

  private List<Record> read(String stream, java.util.function.Consumer<GetShardIteratorRequest.Builder> position) {
    String iterator =
        kinesis.getShardIterator(r -> position.accept(r.streamName(stream).shardId(SHARD))).shardIterator();
    List<Record> records = new ArrayList<>();
    while (iterator != null) {
      String at = iterator;
      GetRecordsResponse page = kinesis.getRecords(r -> r.shardIterator(at));
      records.addAll(page.records());
      if (page.records().isEmpty() && page.millisBehindLatest() == 0) break;
      iterator = page.nextShardIterator();
    }
    return records;
  }
}
