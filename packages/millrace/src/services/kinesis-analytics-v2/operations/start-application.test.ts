import { expect, it } from "vitest";
import { code, codeOf, named, refusalOf, schema, streamArn, TestAnalytics } from "../test-analytics.ts";

/** As programs refer to environment properties. */
const property = (name: string): string => ["$", "{", name, "}"].join("");

const startOf = (text: string): Parameters<TestAnalytics["create"]>[0] => ({
  ApplicationConfiguration: {
    ApplicationCodeConfiguration: { CodeContentType: "PLAINTEXT", CodeContent: { TextContent: text } },
  },
});

it("starts an application in the background", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create();
  const { OperationId } = await analytics.run("StartApplication", named);
  expect(OperationId).toMatch(/^[0-9a-f]{32}$/);
  expect((await analytics.describe()).ApplicationStatus).toBe("STARTING");
  await analytics.settle();
  const { ApplicationStatus, ApplicationConfigurationDescription: configuration } =
    await analytics.describe();
  expect(ApplicationStatus).toBe("RUNNING");
  expect(configuration?.RunConfigurationDescription).toEqual({
    ApplicationRestoreConfigurationDescription: { ApplicationRestoreType: "RESTORE_FROM_LATEST_SNAPSHOT" },
    FlinkRunConfigurationDescription: { AllowNonRestoredState: false },
  });
  expect(analytics.job().options).toMatchObject({
    parallelism: 1,
    checkpointIntervalMs: 60_000,
    minPauseMs: 5_000,
  });
});

it("starts once", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create();
  const both = await Promise.allSettled([
    analytics.run("StartApplication", named),
    analytics.run("StartApplication", named),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  await analytics.settle();
  expect(await codeOf(analytics.run("StartApplication", named))).toBe("ResourceInUseException");
  expect(analytics.engine.jobs.size).toBe(1);
});

it("goes back to READY with the reason when the job does not start", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create(startOf("INSERT INTO FAILS"));
  await analytics.run("StartApplication", named);
  await analytics.settle();
  expect((await analytics.describe()).ApplicationStatus).toBe("READY");
  expect(await analytics.operations()).toEqual(["StartApplication FAILED"]);
  expect(await analytics.failure()).toBe("a table has no stream");
});

it("says why a jar does not start", async () => {
  await using analytics = TestAnalytics.start();
  analytics.objects.set("arn:aws:s3:::apps/job.jar", emptyArchive);
  const S3ContentLocation = { BucketARN: "arn:aws:s3:::apps", FileKey: "job.jar" };
  await analytics.create({
    ApplicationConfiguration: {
      ApplicationCodeConfiguration: { CodeContentType: "ZIPFILE", CodeContent: { S3ContentLocation } },
    },
  });
  await analytics.run("StartApplication", named);
  await analytics.settle();
  expect((await analytics.describe()).ApplicationStatus).toBe("READY");
  expect(await analytics.failure()).toMatch(
    /^The application's code is not SQL: a jar or Python code needs an Apache Flink/,
  );
});

it("refuses what can be known not to start", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create({ ApplicationConfiguration: undefined });
  expect(await refusalOf(analytics.run("StartApplication", named))).toBe(
    "InvalidApplicationConfigurationException: The application has no code.",
  );
  const missing = { ...startOf(`INSERT INTO ${property("kafka.topic")}`), ApplicationName: "other" };
  expect(await codeOf(analytics.create(missing))).toBe("CodeValidationException");
});

it("puts environment properties into the code", async () => {
  await using analytics = TestAnalytics.start();
  const EnvironmentProperties = {
    PropertyGroups: [{ PropertyGroupId: "out", PropertyMap: { stream: "late" } }],
  };
  const { ApplicationConfiguration } = startOf(`INSERT INTO ${property("out.stream")} SELECT 1`) ?? {};
  const job = await analytics.running({
    ApplicationConfiguration: { ...ApplicationConfiguration, EnvironmentProperties },
  });
  expect(job.program).toBe("INSERT INTO late SELECT 1");
});

it("restores the latest snapshot, a named one, or none", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.running();
  const snapshots: string[] = [];
  for (const SnapshotName of ["first", "second"]) {
    await analytics.run("CreateApplicationSnapshot", { ...named, SnapshotName });
    await analytics.settle();
    snapshots.push(analytics.application.snapshots.get(SnapshotName)?.engineName ?? "");
    analytics.clock.advance(1_000);
  }
  const restart = async (
    ApplicationRestoreType:
      | "RESTORE_FROM_LATEST_SNAPSHOT"
      | "RESTORE_FROM_CUSTOM_SNAPSHOT"
      | "SKIP_RESTORE_FROM_SNAPSHOT",
    SnapshotName?: string,
  ): Promise<string | undefined> => {
    await analytics.run("StopApplication", { ...named, Force: true });
    await analytics.settle();
    const ApplicationRestoreConfiguration = { ApplicationRestoreType, SnapshotName };
    await analytics.run("StartApplication", {
      ...named,
      RunConfiguration: { ApplicationRestoreConfiguration },
    });
    await analytics.settle();
    return analytics.job().restoredFrom;
  };
  expect(await restart("RESTORE_FROM_LATEST_SNAPSHOT")).toBe(snapshots[1]);
  expect(await restart("RESTORE_FROM_CUSTOM_SNAPSHOT", "first")).toBe(snapshots[0]);
  expect(await restart("SKIP_RESTORE_FROM_SNAPSHOT")).toBeUndefined();
  await analytics.run("StopApplication", { ...named, Force: true });
  await analytics.settle();
  const asked = (
    ApplicationRestoreType: "RESTORE_FROM_CUSTOM_SNAPSHOT",
    SnapshotName?: string,
  ): Promise<unknown> =>
    analytics.run("StartApplication", {
      ...named,
      RunConfiguration: { ApplicationRestoreConfiguration: { ApplicationRestoreType, SnapshotName } },
    });
  expect(await codeOf(asked("RESTORE_FROM_CUSTOM_SNAPSHOT", "none"))).toBe("ResourceNotFoundException");
  expect(await codeOf(asked("RESTORE_FROM_CUSTOM_SNAPSHOT"))).toBe("InvalidArgumentException");
});

it("starts again after a crash in the middle of it", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create();
  analytics.engine.gate = new Promise(() => {});
  await analytics.run("StartApplication", named);
  analytics.engine.gate = undefined;
  await analytics.abandon();
  expect((await analytics.describe()).ApplicationStatus).toBe("RUNNING");
  expect(await analytics.operations()).toEqual(["StartApplication SUCCESSFUL"]);
});

it("starts SQL-1_0 from the positions of its inputs", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create({
    RuntimeEnvironment: "SQL-1_0",
    ApplicationConfiguration: {
      ...code,
      SqlApplicationConfiguration: {
        Inputs: [{ NamePrefix: "S", KinesisStreamsInput: { ResourceARN: streamArn }, InputSchema: schema }],
      },
    },
  });
  const start = (InputStartingPosition: "TRIM_HORIZON" | "LAST_STOPPED_POINT"): Promise<unknown> =>
    analytics.run("StartApplication", {
      ...named,
      RunConfiguration: {
        SqlRunConfigurations: [
          { InputId: "1.1", InputStartingPositionConfiguration: { InputStartingPosition } },
        ],
      },
    });
  expect(await codeOf(start("LAST_STOPPED_POINT"))).toBe("InvalidArgumentException");
  expect(await start("TRIM_HORIZON")).toEqual({});
  await analytics.settle();
  expect(analytics.job().program).toContain('"position":"TRIM_HORIZON"');
  await analytics.run("StopApplication", named);
  await analytics.settle();
  await start("LAST_STOPPED_POINT");
  await analytics.settle();
  expect(analytics.job().restoredFrom).toMatch(/^[0-9a-f]{32}$/);
  const { ApplicationConfigurationDescription: configuration } = await analytics.describe();
  const [input] = configuration?.SqlApplicationConfigurationDescription?.InputDescriptions ?? [];
  expect(input?.InputStartingPositionConfiguration?.InputStartingPosition).toBe("LAST_STOPPED_POINT");
});

/** A zip archive without files. */
const emptyArchive: Buffer = Buffer.concat([Buffer.from("PK\u0005\u0006", "latin1"), Buffer.alloc(18)]);
