import { expect, it } from "vitest";
import { code, codeOf, named, refusalOf, TestAnalytics } from "../test-analytics.ts";

it("stops with a snapshot", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.running();
  await analytics.run("StopApplication", named);
  expect((await analytics.describe()).ApplicationStatus).toBe("STOPPING");
  await analytics.settle();
  expect((await analytics.describe()).ApplicationStatus).toBe("READY");
  const { SnapshotSummaries } = await analytics.run("ListApplicationSnapshots", named);
  expect(SnapshotSummaries).toMatchObject([{ SnapshotStatus: "READY", ApplicationVersionId: 1 }]);
  expect(analytics.engine.jobs.size).toBe(0);
});

it("stops without one where snapshots are not enabled, and by force", async () => {
  await using analytics = TestAnalytics.start();
  const ApplicationSnapshotConfiguration = { SnapshotsEnabled: false };
  await analytics.running({ ApplicationConfiguration: { ...code, ApplicationSnapshotConfiguration } });
  await analytics.run("StopApplication", named);
  await analytics.settle();
  await analytics.run("StartApplication", named);
  await analytics.settle();
  await analytics.run("StopApplication", { ...named, Force: true });
  expect((await analytics.describe()).ApplicationStatus).toBe("FORCE_STOPPING");
  await analytics.settle();
  expect((await analytics.describe()).ApplicationStatus).toBe("READY");
  expect((await analytics.run("ListApplicationSnapshots", named)).SnapshotSummaries).toEqual([]);
});

it("goes on running when the snapshot fails", async () => {
  await using analytics = TestAnalytics.start();
  const job = await analytics.running();
  analytics.engine.failsSnapshots = true;
  await analytics.run("StopApplication", named);
  await analytics.settle();
  expect((await analytics.describe()).ApplicationStatus).toBe("RUNNING");
  expect(await analytics.failure()).toBe("the disk is full");
  expect(analytics.job()).toBe(job);
});

it("stops what is starting by force alone, and cancels its operation", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create();
  let open = (): void => {};
  analytics.engine.gate = new Promise((resolve) => {
    open = resolve;
  });
  await analytics.run("StartApplication", named);
  expect(await codeOf(analytics.run("StopApplication", named))).toBe("ResourceInUseException");
  await analytics.run("StopApplication", { ...named, Force: true });
  open();
  await analytics.settle();
  expect((await analytics.describe()).ApplicationStatus).toBe("READY");
  expect(await analytics.operations()).toEqual(["StopApplication SUCCESSFUL", "StartApplication CANCELLED"]);
  expect(analytics.engine.jobs.size).toBe(0);
});

it("does not stop what does not run", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create();
  expect(await refusalOf(analytics.run("StopApplication", named))).toMatch(
    /^ResourceInUseException: Application delays /,
  );
  expect(await codeOf(analytics.run("StopApplication", { ...named, Force: true }))).toBe(
    "ResourceInUseException",
  );
});

it("takes the snapshot after a crash that came before it", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.running();
  await analytics.run("StopApplication", named);
  await analytics.restart();
  expect((await analytics.describe()).ApplicationStatus).toBe("READY");
  expect((await analytics.run("ListApplicationSnapshots", named)).SnapshotSummaries).toHaveLength(1);
  expect(await analytics.operations()).toContain("StopApplication SUCCESSFUL");
});

it("says that there is no snapshot of a job that had ended", async () => {
  await using analytics = TestAnalytics.start();
  const CodeContent = { TextContent: "INSERT INTO ENDED" };
  const ApplicationCodeConfiguration = { CodeContentType: "PLAINTEXT", CodeContent } as const;
  await analytics.running({ ApplicationConfiguration: { ApplicationCodeConfiguration } });
  await analytics.run("StopApplication", named);
  await analytics.abandon();
  expect((await analytics.describe()).ApplicationStatus).toBe("READY");
  expect(await analytics.failure()).toMatch(/^The job had ended by itself before/);
  expect((await analytics.run("ListApplicationSnapshots", named)).SnapshotSummaries).toEqual([]);
});

it("refuses force for SQL-1_0", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create({ RuntimeEnvironment: "SQL-1_0" });
  expect(await codeOf(analytics.run("StopApplication", { ...named, Force: true }))).toBe(
    "InvalidArgumentException",
  );
});
