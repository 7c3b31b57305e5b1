import { expect, it } from "vitest";
import { codeOf, named, TestAnalytics } from "../test-analytics.ts";

const snapshot = { ...named, SnapshotName: "before-lunch" };

it("takes a snapshot in the background", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.running();
  expect(await analytics.run("CreateApplicationSnapshot", snapshot)).toEqual({});
  const status = async (): Promise<string | undefined> =>
    (await analytics.run("DescribeApplicationSnapshot", snapshot)).SnapshotDetails?.SnapshotStatus;
  expect(await status()).toBe("CREATING");
  await analytics.settle();
  expect(await status()).toBe("READY");
  expect(await codeOf(analytics.run("CreateApplicationSnapshot", snapshot))).toBe("ResourceInUseException");
});

it("shows a snapshot that failed, and says why in the log", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.running();
  analytics.engine.failsSnapshots = true;
  await analytics.run("CreateApplicationSnapshot", snapshot);
  await analytics.settle();
  const { SnapshotDetails } = await analytics.run("DescribeApplicationSnapshot", snapshot);
  expect(SnapshotDetails?.SnapshotStatus).toBe("FAILED");
  expect(analytics.state.logs.tail(analytics.application).at(-1)?.message).toContain("the disk is full");
});

it("needs an application that runs and takes snapshots", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create();
  expect(await codeOf(analytics.run("CreateApplicationSnapshot", snapshot))).toBe("ResourceInUseException");
  await analytics.run("UpdateApplication", {
    ...(await analytics.expected()),
    ApplicationConfigurationUpdate: {
      ApplicationSnapshotConfigurationUpdate: { SnapshotsEnabledUpdate: false },
    },
  });
  expect(await codeOf(analytics.run("CreateApplicationSnapshot", snapshot))).toBe(
    "InvalidApplicationConfigurationException",
  );
});

it("settles a snapshot that a crash came into", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.running();
  analytics.engine.failsSnapshots = true;
  await analytics.run("CreateApplicationSnapshot", snapshot);
  await analytics.abandon();
  const { SnapshotDetails } = await analytics.run("DescribeApplicationSnapshot", snapshot);
  expect(SnapshotDetails?.SnapshotStatus).toBe("FAILED");
});
