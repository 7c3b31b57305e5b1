import {
  CloudWatchClient,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  PutDashboardCommand,
  PutMetricDataCommand,
} from "@aws-sdk/client-cloudwatch";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";

let millrace: MillraceProcess;
let client: CloudWatchClient;

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  client = new CloudWatchClient({ endpoint: millrace.url, region: "us-east-1", credentials });
});
afterAll(async () => {
  client.destroy();
  await millrace.dispose();
});

/** The hour around now. */
function range(): { StartTime: Date; EndTime: Date } {
  const nowMs = Date.now();
  return { StartTime: new Date(nowMs - 1_800_000), EndTime: new Date(nowMs + 1_800_000) };
}

describe("metrics by the AWS SDK for JavaScript", () => {
  it("come back as they were put, also after a crash", async () => {
    const Timestamp = new Date(Math.floor(Date.now() / 60_000) * 60_000);
    await client.send(
      new PutMetricDataCommand({
        Namespace: "shop",
        MetricData: [
          { MetricName: "orders", Timestamp, Values: [1, 2, 3, 4], Counts: [1, 1, 1, 97], Unit: "Count" },
          { MetricName: "errors", Timestamp, Value: 5, Dimensions: [{ Name: "Till", Value: "7" }] },
        ],
      }),
    );
    await millrace.kill();
    await millrace.start();
    const { Datapoints } = await client.send(
      new GetMetricStatisticsCommand({
        ...range(),
        Namespace: "shop",
        MetricName: "orders",
        Period: 60,
        ExtendedStatistics: ["p1", "p50"],
      }),
    );
    expect(Datapoints).toEqual([{ Timestamp, Unit: "Count", ExtendedStatistics: { p1: 1, p50: 4 } }]);
    const { Metrics } = await client.send(new ListMetricsCommand({ MetricName: "errors" }));
    expect(Metrics).toEqual([
      { Namespace: "shop", MetricName: "errors", Dimensions: [{ Name: "Till", Value: "7" }] },
    ]);
  });

  it("come in calls of a thousand, and go through metric math", async () => {
    const MetricData = Array.from({ length: 1000 }, (_, i) => ({ MetricName: `metric-${i}`, Value: i }));
    await client.send(new PutMetricDataCommand({ Namespace: "many", MetricData }));
    const { MetricDataResults } = await client.send(
      new GetMetricDataCommand({
        ...range(),
        MetricDataQueries: [
          {
            Id: "m",
            ReturnData: false,
            MetricStat: { Metric: { Namespace: "many", MetricName: "metric-999" }, Period: 60, Stat: "Sum" },
          },
          { Id: "e", Expression: "m / 2", Label: "half" },
        ],
      }),
    );
    expect(MetricDataResults).toMatchObject([
      { Id: "e", Label: "half", Values: [499.5], StatusCode: "Complete" },
    ]);
  });

  it("are understood in the query protocol of older clients", async () => {
    const ask = async (form: Record<string, string>): Promise<string> => {
      const scope = "Credential=test/20260101/us-east-1/monitoring/aws4_request";
      const answer = await fetch(millrace.url, {
        method: "POST",
        headers: { authorization: `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=0` },
        body: new URLSearchParams({ Version: "2010-08-01", ...form }),
      });
      return `${answer.status} ${await answer.text()}`;
    };
    const put = { Action: "PutMetricData", Namespace: "old", "MetricData.member.1.MetricName": "m" };
    expect(await ask({ ...put, "MetricData.member.1.Value": "4.5" })).toMatch(/^200 .*<RequestId>/s);
    const refused = await ask({ ...put, "MetricData.member.1.Value": "NaN" });
    expect(refused).toMatch(/^400 .*<Code>InvalidParameterValue<\/Code>/s);
    expect(refused).toContain("The value NaN for parameter MetricData.member.1.Value is invalid.");
    const listed = await ask({ Action: "ListMetrics", Namespace: "old" });
    expect(listed).toContain("<member><Namespace>old</Namespace><MetricName>m</MetricName>");
  });

  it("are refused with AWS's errors", async () => {
    await expect(
      client.send(
        new PutMetricDataCommand({ Namespace: "AWS/Kinesis", MetricData: [{ MetricName: "x", Value: 1 }] }),
      ),
    ).rejects.toMatchObject({
      name: "InvalidParameterValueException",
      message: "The value AWS/ for parameter Namespace is invalid.",
    });
    await expect(
      client.send(new PutDashboardCommand({ DashboardName: "d", DashboardBody: "{}" })),
    ).rejects.toMatchObject({ name: "NotImplemented" });
  });
});
