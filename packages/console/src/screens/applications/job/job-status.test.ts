import { expect, it } from "vitest";
import { isPrinted, type JobStatus, nodeTitle, ratesBetween, withSample } from "./job-status.ts";

function status(nowMs: number, records: number, uptimeMs: number): JobStatus {
  return {
    nowMs,
    application: { status: "RUNNING", runtime: "FLINK-1_20", version: 1, currentParallelism: 1, kpus: 1 },
    metrics: {
      ...{
        recordsIn: records,
        recordsOut: records / 10,
        bytesIn: 0,
        bytesOut: 0,
        lateRows: 0,
        stateBytes: 5,
      },
      ...{ checkpoints: { completed: 0, failed: 0 }, restarts: 0, uptimeMs, cpuSeconds: records / 1_024 },
    },
    graph: [{ id: 1, name: "Calc", inputs: [], recordsIn: records, recordsOut: records / 2, stateBytes: 0 }],
    log: [],
  };
}

it("rates are what came between two looks", () => {
  const rates = ratesBetween(status(1_000, 100, 10), status(3_000, 300, 2_010));
  expect(rates).toMatchObject({ inPerSecond: 100, outPerSecond: 10, cpu: 0.09765625 });
  expect(rates?.nodes.get(1)).toEqual({ inPerSecond: 100, outPerSecond: 50 });
});

it("there are none at the first look, after a restart, and while nothing runs", () => {
  const now = status(3_000, 10, 5);
  expect(ratesBetween(undefined, now)).toBeUndefined();
  expect(ratesBetween(status(1_000, 100, 900), now)).toBeUndefined();
  expect(ratesBetween(status(3_000, 5, 5), now)).toBeUndefined();
  expect(ratesBetween(status(1_000, 5, 5), { ...now, metrics: null })).toBeUndefined();
});

it("points of the charts are bounded", () => {
  const now = status(3_000, 10, 5);
  const rates = ratesBetween(status(1_000, 0, 1), now);
  let samples = withSample([], now, undefined);
  expect(samples).toEqual([]);
  for (let i = 0; i < 400; i++) samples = withSample(samples, now, rates);
  expect(samples).toHaveLength(300);
  expect(samples[0]).toMatchObject({ inPerSecond: 5, lagMs: null, stateBytes: 5 });
});

it("an operator's name says what it is and what it is about", () => {
  expect(
    nodeTitle("TableSourceScan(table=[[default_catalog, default_database, flights]], fields=[a])"),
  ).toEqual({ title: "TableSourceScan", details: "flights" });
  expect(nodeTitle("Sink(table=[default_catalog.default_database.delays], fields=[a])").details).toBe(
    "delays",
  );
  expect(nodeTitle("Calc(select=[a], where=[(b > 1)], changelogMode=[I])")).toEqual({
    title: "Calc",
    details: "select=[a], where=[(b > 1)]",
  });
  expect(nodeTitle("Union")).toEqual({ title: "Union", details: "" });
});

it("knows what a print table shows", () => {
  const line = { timeMs: 1, level: "INFO", logger: "l" };
  expect(isPrinted({ ...line, message: "+I[BRN, 89]" })).toBe(true);
  expect(isPrinted({ ...line, message: "shown> -U[BRN, 89]" })).toBe(true);
  expect(isPrinted({ ...line, message: "The job is running." })).toBe(false);
});
