import { expect, it } from "vitest";
import { code, named, TestAnalytics } from "../test-analytics.ts";

const text = (TextContent: string): Parameters<TestAnalytics["create"]>[0] => ({
  ApplicationConfiguration: {
    ApplicationCodeConfiguration: { CodeContentType: "PLAINTEXT", CodeContent: { TextContent } },
  },
});

it("goes on with what ran before a restart", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.running();
  await analytics.restart();
  expect((await analytics.describe()).ApplicationStatus).toBe("RUNNING");
  expect(analytics.job().restoredFrom).toBe("checkpoint");
});

it("leaves alone what did not run", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create();
  await analytics.restart();
  expect((await analytics.describe()).ApplicationStatus).toBe("READY");
  expect(analytics.engine.jobs.size).toBe(0);
});

it("tries a job that cannot be resumed some times, then says so and is READY", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.running(text("INSERT INTO GONE"));
  await analytics.restart();
  for (let attempt = 1; attempt < 5; attempt++) {
    expect((await analytics.describe()).ApplicationStatus).toBe("RUNNING");
    analytics.clock.advance(5_000);
    await analytics.settle();
  }
  expect((await analytics.describe()).ApplicationStatus).toBe("READY");
  expect(analytics.state.logs.tail(analytics.application).at(-1)?.message).toContain(
    "the checkpoint cannot be read",
  );
});

it("is READY when its job has ended, or failed for good", async () => {
  await using analytics = TestAnalytics.start();
  (await analytics.running()).end();
  await analytics.settle();
  expect((await analytics.describe()).ApplicationStatus).toBe("READY");
  await analytics.run("StartApplication", named);
  await analytics.settle();
  analytics.job().end(new Error("division by zero"));
  await analytics.settle();
  expect((await analytics.describe()).ApplicationStatus).toBe("READY");
  const lines = analytics.state.logs.tail(analytics.application);
  expect(lines.at(-1)).toMatchObject({ level: "ERROR", message: "The job has failed: division by zero" });
});

it("is READY when its job had ended before the last stop", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.running(text("INSERT INTO ENDED"));
  await analytics.restart();
  await analytics.settle();
  expect((await analytics.describe()).ApplicationStatus).toBe("READY");
});

it("forgets everything at a reset", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.running();
  const { key } = analytics.application;
  await analytics.state.reset();
  expect((await analytics.run("ListApplications", {})).ApplicationSummaries).toEqual([]);
  expect(analytics.engine.jobs.size).toBe(0);
  expect(analytics.engine.forgotten).toEqual([key]);
});

it("publishes metrics of what runs each minute", async () => {
  await using analytics = TestAnalytics.start();
  const job = await analytics.running();
  analytics.clock.advance(60_000);
  job.figures = { ...job.figures, recordsIn: 600, lagMs: 40, watermarkMs: 1_000, uptimeMs: 60_000 };
  analytics.clock.advance(60_000);
  const value = (name: string): number | undefined =>
    analytics.published.findLast((metric) => metric.name === name)?.value;
  expect(value("KPUs")).toBe(1);
  expect(value("numRecordsInPerSecond")).toBe(10);
  expect(value("millisBehindLatest")).toBe(40);
  expect(value("currentInputWatermark")).toBe(1_000);
  expect(value("lastCheckpointDuration")).toBeUndefined();
  expect(analytics.published[0]).toMatchObject({
    namespace: "AWS/KinesisAnalytics",
    dimensions: { Application: "delays" },
  });
  const count = analytics.published.length;
  await analytics.run("StopApplication", named);
  await analytics.settle();
  analytics.clock.advance(600_000);
  expect(analytics.published).toHaveLength(count);
});

it("publishes metrics of operators where the level asks for them", async () => {
  await using analytics = TestAnalytics.start();
  const FlinkApplicationConfiguration = {
    MonitoringConfiguration: { ConfigurationType: "CUSTOM", MetricsLevel: "OPERATOR", LogLevel: "WARN" },
  } as const;
  await analytics.running({ ApplicationConfiguration: { ...code, FlinkApplicationConfiguration } });
  analytics.clock.advance(60_000);
  expect(analytics.published.some(({ dimensions }) => dimensions["Operator"] === "source")).toBe(true);
});

/** Lets minutes pass in which the job's threads are busy for so much of the time. */
async function work(analytics: TestAnalytics, minutes: number, share: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute++) {
    const job = analytics.engine.jobs.get(analytics.application.key);
    if (job !== undefined) {
      const cpuSeconds = job.figures.cpuSeconds + 60 * share * job.options.parallelism;
      job.figures = { ...job.figures, cpuSeconds };
    }
    analytics.clock.advance(60_000);
    await analytics.settle();
  }
}

it("scales with the load, through a snapshot, and back again", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.running();
  await work(analytics, 16, 0.9);
  expect(analytics.job().options.parallelism).toBe(1);
  await work(analytics, 2, 0.9);
  expect(analytics.job().options.parallelism).toBe(2);
  expect(analytics.job().restoredFrom).toMatch(/^[0-9a-f]{32}$/);
  expect(await analytics.engine.snapshots(analytics.application.key)).toEqual([]);
  const { ApplicationConfigurationDescription: configuration, ApplicationStatus } =
    await analytics.describe();
  expect(ApplicationStatus).toBe("RUNNING");
  expect(
    configuration?.FlinkApplicationConfigurationDescription?.ParallelismConfigurationDescription,
  ).toMatchObject({
    Parallelism: 1,
    CurrentParallelism: 2,
  });
  expect(await analytics.operations()).toContain("AutoScaleApplication SUCCESSFUL");
  await work(analytics, 20, 0.9);
  expect(analytics.job().options.parallelism).toBe(4);
  // No more threads than the machine has.
  await work(analytics, 40, 0.9);
  expect(analytics.job().options.parallelism).toBe(4);
  await work(analytics, 363, 0.05);
  expect(analytics.job().options.parallelism).toBe(2);
});

it("does not scale where that is not wanted, and never below what is configured", async () => {
  await using analytics = TestAnalytics.start();
  const FlinkApplicationConfiguration = {
    ParallelismConfiguration: { ConfigurationType: "CUSTOM", Parallelism: 2, AutoScalingEnabled: false },
  } as const;
  await analytics.running({ ApplicationConfiguration: { ...code, FlinkApplicationConfiguration } });
  await work(analytics, 30, 0.9);
  expect(analytics.job().options.parallelism).toBe(2);
  await analytics.run("UpdateApplication", {
    ...(await analytics.expected()),
    ApplicationConfigurationUpdate: {
      FlinkApplicationConfigurationUpdate: {
        ParallelismConfigurationUpdate: { AutoScalingEnabledUpdate: true },
      },
    },
  });
  await analytics.settle();
  await work(analytics, 370, 0.01);
  expect(analytics.job().options.parallelism).toBe(2);
});

it("gives a job no more threads than the machine has", async () => {
  await using analytics = TestAnalytics.start();
  const FlinkApplicationConfiguration = {
    ParallelismConfiguration: { ConfigurationType: "CUSTOM", Parallelism: 32, ParallelismPerKPU: 2 },
  } as const;
  const job = await analytics.running({
    ApplicationConfiguration: { ...code, FlinkApplicationConfiguration },
  });
  expect(job.options.parallelism).toBe(4);
  analytics.clock.advance(60_000);
  expect(analytics.published.find(({ name }) => name === "KPUs")?.value).toBe(16);
});
