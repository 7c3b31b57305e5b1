import { describe, expect, it } from "vitest";
import { limits } from "./limits.ts";
import { account, minutes, region, startMs, TestCloudwatch } from "./test-cloudwatch.ts";

const identity = {
  account,
  region,
  namespace: "AWS/Kinesis",
  name: "IncomingBytes",
  dimensions: { StreamName: "orders" },
  unit: "Bytes",
};

async function points(cloudwatch: TestCloudwatch): Promise<unknown> {
  const { Datapoints } = await cloudwatch.run("GetMetricStatistics", {
    Namespace: "AWS/Kinesis",
    MetricName: "IncomingBytes",
    Dimensions: [{ Name: "StreamName", Value: "orders" }],
    StartTime: minutes(0),
    EndTime: minutes(10),
    Period: 60,
    Statistics: ["SampleCount", "Sum", "Minimum", "Maximum"],
  });
  return Datapoints;
}

describe("MetricAggregator", () => {
  it("shows what services published before it is written, by the minute", async () => {
    await using cloudwatch = new TestCloudwatch();
    const series = cloudwatch.state.aggregator.series(identity);
    for (const [value, second] of [
      [5, 0],
      [3, 59],
      [9, 30],
      [1, 60],
    ] as const)
      series.add(value, startMs + second * 1000);
    cloudwatch.state.aggregator.record({ ...identity, value: 2, count: 3, timeMs: startMs + 61_000 });
    expect(await points(cloudwatch)).toEqual([
      { Timestamp: minutes(0), SampleCount: 3, Sum: 17, Minimum: 3, Maximum: 9, Unit: "Bytes" },
      { Timestamp: minutes(1), SampleCount: 4, Sum: 7, Minimum: 1, Maximum: 2, Unit: "Bytes" },
    ]);
    series.add(4, startMs + 59_000);
    expect(await points(cloudwatch)).toMatchObject([{ SampleCount: 4, Sum: 21 }, { Sum: 7 }]);
  });

  it("writes each fifteen seconds, once for many values, and not at all when nothing came", async () => {
    await using cloudwatch = new TestCloudwatch();
    const { aggregator } = cloudwatch.state;
    const series = aggregator.series(identity);
    for (let i = 0; i < 1000; i++) series.add(1, startMs + 1);
    const rows = (): number => cloudwatch.file.prepare("SELECT * FROM points WHERE tier = 60").all().length;
    expect(rows()).toBe(0);
    cloudwatch.clock.advance(limits.flushMs);
    await new Promise((resolve) => setImmediate(resolve));
    expect(rows()).toBe(1);
    cloudwatch.clock.advance(limits.flushMs * 10);
    await aggregator.flush();
    expect(rows()).toBe(1);
  });

  it("writes at the end, and never afterwards", async () => {
    const cloudwatch = new TestCloudwatch();
    const series = cloudwatch.state.aggregator.series(identity);
    series.add(1, startMs);
    await cloudwatch.state.close();
    expect(cloudwatch.file.prepare("SELECT * FROM points WHERE tier = 60").all()).toHaveLength(1);
    series.add(1, startMs);
    cloudwatch.clock.advance(3_600_000);
    cloudwatch.file.close();
    expect(cloudwatch.logged).toEqual([]);
  });

  it("says when metrics cannot be written, and goes on", async () => {
    const cloudwatch = new TestCloudwatch();
    cloudwatch.file.close();
    cloudwatch.state.aggregator.series(identity).add(1, startMs);
    await cloudwatch.state.aggregator.flush();
    expect(cloudwatch.logged).toEqual(["metrics were not written: the file is closed"]);
    await cloudwatch.state.close();
  });
});
