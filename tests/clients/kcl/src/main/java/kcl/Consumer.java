package kcl;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.kinesis.common.ConfigsBuilder;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.common.KinesisClientUtil;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.exceptions.InvalidStateException;
import software.amazon.kinesis.exceptions.ShutdownException;
import software.amazon.kinesis.leases.LeaseAssignmentStrategy;
import software.amazon.kinesis.leases.LeaseManagementConfig;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.processor.RecordProcessorCheckpointer;
import software.amazon.kinesis.processor.ShardRecordProcessor;
import software.amazon.kinesis.processor.SingleStreamTracker;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.RetrievalConfig;
import software.amazon.kinesis.retrieval.polling.PollingConfig;

/**
 * A KCL 3 application: prints "shard data" for each record, then checkpoints.
 *
 * <p>Arguments: endpoint, stream, application, worker, "polling" or "fan-out".
 */
public final class Consumer {
  private Consumer() {}

  public static void main(String[] args) throws Exception {
    URI endpoint = URI.create(args[0]);
    String stream = args[1];
    AwsCredentialsProvider credentials =
        StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));
    Region region = Region.US_EAST_1;
    KinesisAsyncClient kinesis =
        KinesisClientUtil.createKinesisAsyncClient(
            KinesisAsyncClient.builder()
                .endpointOverride(endpoint)
                .region(region)
                .credentialsProvider(credentials));
    DynamoDbAsyncClient leases =
        DynamoDbAsyncClient.builder()
            .endpointOverride(endpoint)
            .region(region)
            .credentialsProvider(credentials)
            .build();
    CloudWatchAsyncClient metrics =
        CloudWatchAsyncClient.builder()
            .endpointOverride(endpoint)
            .region(region)
            .credentialsProvider(credentials)
            .build();
    ConfigsBuilder configs =
        new ConfigsBuilder(
            new SingleStreamTracker(
                stream,
                InitialPositionInStreamExtended.newInitialPosition(
                    InitialPositionInStream.TRIM_HORIZON)),
            args[2],
            kinesis,
            leases,
            metrics,
            args[3],
            Printer::new);
    RetrievalConfig retrieval = configs.retrievalConfig();
    if (args[4].equals("polling")) {
      retrieval.retrievalSpecificConfig(new PollingConfig(stream, kinesis));
    }
    // Shorter times, so that a test does not wait for minutes; and leases by number, because workers that
    // share one machine are equally busy.
    LeaseManagementConfig management =
        configs
            .leaseManagementConfig()
            .failoverTimeMillis(3_000)
            .shardSyncIntervalMillis(5_000)
            .dynamoDbLockBasedLeaderLeaseDurationInMillis(10_000)
            .dynamoDbLockBasedLeaderHeartbeatPeriodInMillis(2_000)
            .leaseAssignmentStrategy(LeaseAssignmentStrategy.LEASE_COUNT_BASED);
    Scheduler scheduler =
        new Scheduler(
            configs.checkpointConfig(),
            configs.coordinatorConfig().parentShardPollIntervalMillis(1_000),
            management,
            configs.lifecycleConfig(),
            configs.metricsConfig().metricsBufferTimeMillis(2_000),
            configs.processorConfig(),
            retrieval);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    scheduler.startGracefulShutdown().get();
                  } catch (Exception e) {
                    System.err.println("graceful shutdown: " + e);
                  }
                }));
    scheduler.run();
  }

  private static final class Printer implements ShardRecordProcessor {
    private String shard = "";

    @Override
    public void initialize(InitializationInput input) {
      shard = input.shardId();
      print("began " + shard);
    }

    @Override
    public void processRecords(ProcessRecordsInput input) {
      StringBuilder lines = new StringBuilder();
      List<KinesisClientRecord> records = input.records();
      for (KinesisClientRecord record : records) {
        lines.append("record ").append(shard).append(' ');
        lines.append(StandardCharsets.UTF_8.decode(record.data())).append('\n');
      }
      if (lines.length() == 0) {
        return;
      }
      synchronized (System.out) {
        System.out.print(lines);
        System.out.flush();
      }
      checkpoint(input.checkpointer());
    }

    @Override
    public void leaseLost(LeaseLostInput input) {
      print("lost " + shard);
    }

    @Override
    public void shardEnded(ShardEndedInput input) {
      print("ended " + shard);
      checkpoint(input.checkpointer());
    }

    @Override
    public void shutdownRequested(ShutdownRequestedInput input) {
      checkpoint(input.checkpointer());
    }

    private static void checkpoint(RecordProcessorCheckpointer checkpointer) {
      try {
        checkpointer.checkpoint();
      } catch (ShutdownException e) {
        // Another worker has the lease: it goes on from the last checkpoint.
      } catch (InvalidStateException e) {
        throw new IllegalStateException(e);
      }
    }

    private static void print(String line) {
      synchronized (System.out) {
        System.out.println(line);
        System.out.flush();
      }
    }
  }
}
