import { expect, it } from "vitest";
import { named, refusalOf, TestAnalytics } from "../test-analytics.ts";

it("describes a snapshot", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.running();
  const snapshot = { ...named, SnapshotName: "s" };
  await analytics.run("CreateApplicationSnapshot", snapshot);
  await analytics.settle();
  expect(await analytics.run("DescribeApplicationSnapshot", snapshot)).toEqual({
    SnapshotDetails: {
      SnapshotName: "s",
      SnapshotStatus: "READY",
      ApplicationVersionId: 1,
      SnapshotCreationTimestamp: new Date(analytics.clock.now()),
      RuntimeEnvironment: "FLINK-1_20",
    },
  });
  expect(await refusalOf(analytics.run("DescribeApplicationSnapshot", { ...named, SnapshotName: "t" }))).toBe(
    "ResourceNotFoundException: Snapshot t of application delays not found.",
  );
});
