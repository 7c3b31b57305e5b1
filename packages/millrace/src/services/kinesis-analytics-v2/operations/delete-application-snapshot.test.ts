import { expect, it } from "vitest";
import { codeOf, named, refusalOf, TestAnalytics } from "../test-analytics.ts";

const snapshot = { ...named, SnapshotName: "before-lunch" };

it("deletes a snapshot", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.running();
  await analytics.run("CreateApplicationSnapshot", snapshot);
  await analytics.settle();
  const { SnapshotDetails } = await analytics.run("DescribeApplicationSnapshot", snapshot);
  const SnapshotCreationTimestamp = SnapshotDetails?.SnapshotCreationTimestamp;
  const wrong = new Date(0);
  expect(
    await codeOf(
      analytics.run("DeleteApplicationSnapshot", { ...snapshot, SnapshotCreationTimestamp: wrong }),
    ),
  ).toBe("InvalidArgumentException");
  await analytics.run("DeleteApplicationSnapshot", { ...snapshot, SnapshotCreationTimestamp });
  await analytics.settle();
  expect(await codeOf(analytics.run("DescribeApplicationSnapshot", snapshot))).toBe(
    "ResourceNotFoundException",
  );
  expect(await analytics.engine.snapshots(analytics.application.key)).toEqual([]);
  await analytics.run("CreateApplicationSnapshot", snapshot);
});

it("does not know names that nobody has given", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create();
  const SnapshotCreationTimestamp = new Date(0);
  expect(
    await refusalOf(analytics.run("DeleteApplicationSnapshot", { ...snapshot, SnapshotCreationTimestamp })),
  ).toBe("ResourceNotFoundException: Snapshot before-lunch of application delays not found.");
});
