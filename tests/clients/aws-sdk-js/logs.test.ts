import { CloudWatchClient, GetMetricStatisticsCommand } from "@aws-sdk/client-cloudwatch";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DescribeLogGroupsCommand,
  GetLogEventsCommand,
  PutLogEventsCommand,
  PutMetricFilterCommand,
  paginateFilterLogEvents,
  StartQueryCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";

const group = { logGroupName: "/app/orders" } as const;
const stream = { ...group, logStreamName: "one" } as const;
let millrace: MillraceProcess;
let client: CloudWatchLogsClient;
let metrics: CloudWatchClient;

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const config = { endpoint: millrace.url, region: "us-east-1", credentials };
  client = new CloudWatchLogsClient(config);
  metrics = new CloudWatchClient(config);
});
afterAll(async () => {
  client.destroy();
  metrics.destroy();
  await millrace.dispose();
});

describe("log events by the AWS SDK for JavaScript", () => {
  it("are there after a crash, filtered, and counted by a metric filter", async () => {
    await client.send(new CreateLogGroupCommand({ ...group, tags: { team: "shop" } }));
    await client.send(new CreateLogStreamCommand(stream));
    await client.send(
      new PutMetricFilterCommand({
        ...group,
        filterName: "slow",
        filterPattern: "{ $.ms > 100 }",
        metricTransformations: [{ metricName: "slow", metricNamespace: "app", metricValue: "$.ms" }],
      }),
    );
    const nowMs = Date.now();
    const logEvents = Array.from({ length: 300 }, (_, i) => ({
      timestamp: nowMs + i,
      message: JSON.stringify({ ms: i, text: "Grüße 🛰" }),
    }));
    const { rejectedLogEventsInfo } = await client.send(new PutLogEventsCommand({ ...stream, logEvents }));
    expect(rejectedLogEventsInfo).toBeUndefined();
    const { Datapoints = [] } = await metrics.send(
      new GetMetricStatisticsCommand({
        Namespace: "app",
        MetricName: "slow",
        StartTime: new Date(nowMs - 3_600_000),
        EndTime: new Date(nowMs + 3_600_000),
        Period: 60,
        Statistics: ["SampleCount"],
      }),
    );
    expect(Datapoints.reduce((sum, { SampleCount = 0 }) => sum + SampleCount, 0)).toBe(199);
    await millrace.kill();
    await millrace.start();
    const filtered: (string | undefined)[] = [];
    const pages = paginateFilterLogEvents(
      { client, pageSize: 50 },
      { ...group, filterPattern: "{ $.ms >= 180 }" },
    );
    for await (const { events } of pages) filtered.push(...(events ?? []).map(({ message }) => message));
    expect(filtered).toEqual(logEvents.slice(180).map(({ message }) => message));
    const first = await client.send(new GetLogEventsCommand({ ...stream, startFromHead: true, limit: 200 }));
    const rest = await client.send(
      new GetLogEventsCommand({ ...stream, nextToken: first.nextForwardToken, startFromHead: true }),
    );
    const all = [...(first.events ?? []), ...(rest.events ?? [])];
    expect(all.map(({ timestamp, message }) => ({ timestamp, message }))).toEqual(logEvents);
    const end = await client.send(
      new GetLogEventsCommand({ ...stream, nextToken: rest.nextForwardToken, startFromHead: true }),
    );
    expect(end).toMatchObject({ events: [], nextForwardToken: rest.nextForwardToken });
  });

  it("are refused with AWS's errors", async () => {
    await expect(
      client.send(new CreateLogStreamCommand({ logGroupName: "nowhere", logStreamName: "x" })),
    ).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: "The specified log group does not exist.",
    });
    await expect(client.send(new PutLogEventsCommand({ ...stream, logEvents: [] }))).rejects.toMatchObject({
      name: "InvalidParameterException",
    });
    await expect(
      client.send(new StartQueryCommand({ startTime: 0, endTime: 1, queryString: "fields @message" })),
    ).rejects.toMatchObject({ name: "NotImplemented" });
    expect((await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: "no" }))).logGroups).toEqual(
      [],
    );
  });
});
