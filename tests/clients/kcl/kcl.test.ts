import { CloudWatchClient, ListMetricsCommand } from "@aws-sdk/client-cloudwatch";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createStream } from "../../fixtures/kinesis-client.ts";
import { mustRun } from "../../fixtures/run-command.ts";
import { KclApplications } from "./kcl-applications.ts";

let applications: KclApplications;

beforeAll(async () => {
  applications = await KclApplications.start();
});
afterAll(() => applications[Symbol.asyncDispose]());
afterEach(() => applications.killWorkers());

describe("a KCL 3 application, polling", () => {
  it("processes every record, through the loss of a worker and a reshard", { timeout: 900_000 }, () =>
    applications.surviveLossAndReshard("polling"),
  );
});

describe("a KPL producer", () => {
  it("aggregates, and a KCL application takes its records apart", { timeout: 300_000 }, async () => {
    await createStream(applications.kinesis, "kpl", 2);
    const printed = await mustRun([
      ...(["java", "-cp", applications.classPath, "kcl.Producer"] as const),
      ...[applications.millrace.secureUrl, "kpl", "20000"],
    ]);
    const [userRecords, kinesisRecords] = printed.trim().split(" ").map(Number);
    expect(userRecords).toBe(20_000);
    expect(kinesisRecords).toBeLessThan(10_000);
    applications.worker("kpl", "only", "polling");
    await applications.seen(Array.from({ length: 20_000 }, (_, index) => `kpl-${index}`));
  });
});

describe("what KCL leaves behind", () => {
  it("is its lease table, and its metrics in CloudWatch", async () => {
    const shared = {
      endpoint: applications.millrace.url,
      region: "us-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    };
    const dynamodb = new DynamoDBClient(shared);
    const { TableNames } = await dynamodb.send(new ListTablesCommand({}));
    expect(TableNames).toContain("kcl-polling-app");
    dynamodb.destroy();
    const cloudwatch = new CloudWatchClient(shared);
    const { Metrics = [] } = await cloudwatch.send(new ListMetricsCommand({ Namespace: "kcl-polling-app" }));
    expect(Metrics.map(({ MetricName }) => MetricName)).toContain("RecordsProcessed");
    cloudwatch.destroy();
  });
});
