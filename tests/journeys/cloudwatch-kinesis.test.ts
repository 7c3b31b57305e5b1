import { CloudWatchClient, GetMetricDataCommand, ListMetricsCommand } from "@aws-sdk/client-cloudwatch";
import {
  EnableEnhancedMonitoringCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  PutRecordCommand,
  PutRecordsCommand,
} from "@aws-sdk/client-kinesis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStream, entry, kinesisClient, untilActive } from "../fixtures/kinesis-client.ts";
import { MillraceProcess } from "../fixtures/millrace-process.ts";

const ShardId = "shardId-000000000000";
let millrace: MillraceProcess;
let kinesis: KinesisClient;
let cloudwatch: CloudWatchClient;

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  kinesis = kinesisClient(millrace.url);
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  cloudwatch = new CloudWatchClient({ endpoint: millrace.url, region: "us-east-1", credentials });
});
afterAll(async () => {
  kinesis.destroy();
  cloudwatch.destroy();
  await millrace.dispose();
});

/** A statistic of one of the stream's metrics over the last and the next hour. */
async function metric(MetricName: string, Stat = "Sum", shard?: string): Promise<number | undefined> {
  const nowMs = Date.now();
  const Dimensions = [{ Name: "StreamName", Value: "orders" }];
  if (shard !== undefined) Dimensions.push({ Name: "ShardId", Value: shard });
  const { MetricDataResults } = await cloudwatch.send(
    new GetMetricDataCommand({
      StartTime: new Date(nowMs - 3_600_000),
      EndTime: new Date(nowMs + 3_600_000),
      MetricDataQueries: [
        {
          Id: "m",
          MetricStat: { Metric: { Namespace: "AWS/Kinesis", MetricName, Dimensions }, Period: 21_600, Stat },
        },
      ],
    }),
  );
  return MetricDataResults?.[0]?.Values?.[0];
}

describe("a stream in CloudWatch", () => {
  it("shows what was put and read, with the right numbers, at once and after a restart", async () => {
    await createStream(kinesis, "orders");
    await kinesis.send(
      new EnableEnhancedMonitoringCommand({ StreamName: "orders", ShardLevelMetrics: ["IncomingRecords"] }),
    );
    await untilActive(kinesis, "orders");
    await kinesis.send(
      new PutRecordCommand({ StreamName: "orders", PartitionKey: "key", Data: Buffer.from("1234567") }),
    );
    await kinesis.send(
      new PutRecordsCommand({ StreamName: "orders", Records: [entry("a", "123"), entry("b", "12345")] }),
    );
    const { ShardIterator } = await kinesis.send(
      new GetShardIteratorCommand({ StreamName: "orders", ShardId, ShardIteratorType: "TRIM_HORIZON" }),
    );
    await kinesis.send(new GetRecordsCommand({ ShardIterator, Limit: 1 }));
    expect(await metric("IncomingBytes")).toBe(20);
    expect(await metric("IncomingRecords")).toBe(3);
    expect(await metric("IncomingRecords", "SampleCount")).toBe(2);
    expect(await metric("IncomingRecords", "Sum", ShardId)).toBe(3);
    expect(await metric("PutRecord.Success", "Average")).toBe(1);
    expect(await metric("PutRecords.TotalRecords")).toBe(2);
    expect(await metric("GetRecords.Records")).toBe(1);
    expect(await metric("GetRecords.IteratorAgeMilliseconds", "SampleCount")).toBe(1);
    expect(await metric("GetRecords.IteratorAgeMilliseconds", "Maximum")).toBeGreaterThanOrEqual(0);
    expect(await metric("WriteProvisionedThroughputExceeded")).toBe(0);
    // Asked-for metrics have been written, so that even a crash does not lose them.
    await millrace.kill();
    await millrace.start();
    expect(await metric("IncomingBytes")).toBe(20);
    const { Metrics = [] } = await cloudwatch.send(
      new ListMetricsCommand({
        Namespace: "AWS/Kinesis",
        Dimensions: [{ Name: "StreamName", Value: "orders" }],
      }),
    );
    expect(Metrics.map(({ MetricName }) => MetricName)).toContain("PutRecords.Latency");
  });
});
