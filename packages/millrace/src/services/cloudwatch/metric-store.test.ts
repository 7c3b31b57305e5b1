import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { tiers } from "./limits.ts";
import { startMs, TestCloudwatch } from "./test-cloudwatch.ts";

const query = { Namespace: "shop", MetricName: "orders", Statistics: ["Sum" as const] };

/** How many points the file holds, by resolution. */
function pointsByTier(cloudwatch: TestCloudwatch): Record<string, number> {
  const rows = cloudwatch.file.prepare("SELECT tier, count(*) AS n FROM points GROUP BY tier").all();
  return Object.fromEntries(rows.map((row) => [String(row["tier"]), Number(row["n"])]));
}

describe("MetricStore", () => {
  it("keeps what it acknowledged when it is opened again", async () => {
    const folder = mkdtempSync(join(tmpdir(), "millrace-cloudwatch-"));
    try {
      const path = join(folder, "metrics.sqlite");
      const first = new TestCloudwatch(path);
      await first.put(3);
      // Not closed: a crash closes nothing either.
      await using second = new TestCloudwatch(path);
      const range = { StartTime: new Date(startMs), EndTime: new Date(startMs + 60_000), Period: 60 };
      const { Datapoints } = await second.run("GetMetricStatistics", { ...query, ...range });
      expect(Datapoints).toMatchObject([{ Sum: 3 }]);
      await first[Symbol.asyncDispose]();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("deletes the points of each resolution when their time is over, and at last the metric", async () => {
    await using cloudwatch = new TestCloudwatch();
    await cloudwatch.run("PutMetricData", {
      Namespace: "shop",
      MetricData: [{ MetricName: "orders", Value: 1, StorageResolution: 1 }],
    });
    expect(pointsByTier(cloudwatch)).toEqual({ 1: 1, 60: 1, 300: 1, 3600: 1 });
    let pastMs = 0;
    for (const [at, { keptMs }] of tiers.entries()) {
      cloudwatch.clock.advance(keptMs + 1_000 - pastMs);
      pastMs = keptMs + 1_000;
      await cloudwatch.state.metrics.sweep(cloudwatch.clock.now());
      expect(Object.keys(pointsByTier(cloudwatch))).toEqual(
        tiers.slice(at + 1).map(({ seconds }) => `${seconds}`),
      );
    }
    expect(cloudwatch.file.prepare("SELECT * FROM series").all()).toEqual([]);
  });

  it("answers old data in the resolution that is left, and none for a finer period", async () => {
    await using cloudwatch = new TestCloudwatch();
    for (const minute of [0, 1, 6]) await cloudwatch.put(1, minute);
    cloudwatch.clock.advance(16 * 86_400_000);
    const range = { StartTime: new Date(startMs), EndTime: new Date(startMs + 600_000) };
    const sums = async (Period: number): Promise<(number | undefined)[] | undefined> =>
      (await cloudwatch.run("GetMetricStatistics", { ...query, ...range, Period })).Datapoints?.map(
        ({ Sum }) => Sum,
      );
    expect(await sums(60)).toEqual([]);
    expect(await sums(300)).toEqual([2, 1]);
  });

  it("forgets everything on reset", async () => {
    await using cloudwatch = new TestCloudwatch();
    await cloudwatch.put(3);
    await cloudwatch.state.reset();
    expect(await cloudwatch.run("ListMetrics", {})).toEqual({ Metrics: [] });
    expect(pointsByTier(cloudwatch)).toEqual({});
  });
});
