import { expect, it } from "vitest";
import { codeOf, named, TestAnalytics } from "../test-analytics.ts";

it("lists snapshots, the newest first, page by page", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.running();
  for (const SnapshotName of ["a", "b", "c"]) {
    await analytics.run("CreateApplicationSnapshot", { ...named, SnapshotName });
    await analytics.settle();
    analytics.clock.advance(1_000);
  }
  const first = await analytics.run("ListApplicationSnapshots", { ...named, Limit: 2 });
  expect(first.SnapshotSummaries?.map(({ SnapshotName }) => SnapshotName)).toEqual(["c", "b"]);
  const second = await analytics.run("ListApplicationSnapshots", { ...named, NextToken: first.NextToken });
  expect(second.SnapshotSummaries?.map(({ SnapshotName }) => SnapshotName)).toEqual(["a"]);
  expect(second.NextToken).toBeUndefined();
});

it("is not there for SQL-1_0", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create({ RuntimeEnvironment: "SQL-1_0" });
  expect(await codeOf(analytics.run("ListApplicationSnapshots", named))).toBe(
    "UnsupportedOperationException",
  );
});
