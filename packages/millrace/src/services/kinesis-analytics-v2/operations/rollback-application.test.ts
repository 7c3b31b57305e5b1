import { expect, it } from "vitest";
import { code, codeOf, named, refusalOf, TestAnalytics } from "../test-analytics.ts";

const update = async (analytics: TestAnalytics, TextContentUpdate: string): Promise<void> => {
  await analytics.run("UpdateApplication", {
    ...(await analytics.expected()),
    ApplicationConfigurationUpdate: {
      ApplicationCodeConfigurationUpdate: { CodeContentUpdate: { TextContentUpdate } },
    },
  });
};

it("brings the version before back, from the latest snapshot", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.running();
  await update(analytics, "INSERT 2");
  await analytics.settle();
  const { ApplicationDetail: detail } = await analytics.run("RollbackApplication", {
    ...named,
    CurrentApplicationVersionId: 2,
  });
  expect(detail).toMatchObject({
    ApplicationStatus: "ROLLING_BACK",
    ApplicationVersionId: 3,
    ApplicationVersionRolledBackFrom: 2,
    ApplicationVersionRolledBackTo: 1,
  });
  await analytics.settle();
  expect((await analytics.describe()).ApplicationStatus).toBe("RUNNING");
  expect(analytics.job().program).toContain("INSERT INTO delays");
  expect(analytics.job().restoredFrom).toBe(analytics.application.latestSnapshot(false)?.engineName);
});

it("takes the place of an update that is stuck", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.running();
  let open = (): void => {};
  analytics.engine.gate = new Promise((resolve) => {
    open = resolve;
  });
  await update(analytics, "INSERT 2");
  await analytics.run("RollbackApplication", { ...named, CurrentApplicationVersionId: 2 });
  open();
  await analytics.settle();
  expect((await analytics.describe()).ApplicationVersionId).toBe(3);
  expect((await analytics.describe()).ApplicationStatus).toBe("RUNNING");
  expect(await analytics.operations()).toEqual([
    "RollbackApplication SUCCESSFUL",
    "UpdateApplication CANCELLED",
    "StartApplication SUCCESSFUL",
  ]);
});

it("needs something to roll back to, a snapshot, and the current version", async () => {
  await using analytics = TestAnalytics.start();
  const ApplicationSnapshotConfiguration = { SnapshotsEnabled: false };
  await analytics.running({ ApplicationConfiguration: { ...code, ApplicationSnapshotConfiguration } });
  const rollback = (CurrentApplicationVersionId: number): Promise<unknown> =>
    analytics.run("RollbackApplication", { ...named, CurrentApplicationVersionId });
  expect(await codeOf(rollback(1))).toBe("InvalidRequestException");
  await update(analytics, "INSERT 2");
  await analytics.settle();
  expect(await refusalOf(rollback(2))).toMatch(/has no snapshot to roll back with/);
  expect(await codeOf(rollback(1))).toBe("ConcurrentModificationException");
  await analytics.run("StopApplication", named);
  await analytics.settle();
  expect(await codeOf(rollback(2))).toBe("ResourceInUseException");
});

it("is not there for SQL-1_0", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create({ RuntimeEnvironment: "SQL-1_0" });
  const rollback = analytics.run("RollbackApplication", { ...named, CurrentApplicationVersionId: 1 });
  expect(await codeOf(rollback)).toBe("UnsupportedOperationException");
});
