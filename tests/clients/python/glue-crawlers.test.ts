import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";
import { mustRun } from "../../fixtures/run-command.ts";
import { type VirtualEnvironment, virtualEnvironment } from "./virtual-environment.ts";

let millrace: MillraceProcess;
let programs: VirtualEnvironment;

beforeAll(async () => {
  programs = await virtualEnvironment();
  millrace = await MillraceProcess.start();
});
afterAll(() => millrace.dispose());

it("boto3 makes, runs, schedules and deletes crawlers", async () => {
  const script = join(import.meta.dirname, "glue-crawlers.py");
  const output = await mustRun([programs.python, script, millrace.url, "test", "test"]);
  expect(JSON.parse(output)).toEqual({
    role: "service-role/AWSGlueServiceRole-events",
    last: "SUCCEEDED",
    columns: { id: "int", at: "struct<x:double>", tags: "array<string>" },
    keys: ["day", "hour"],
    partitions: [
      ["1", "0"],
      ["1", "1"],
    ],
    summary: 6,
    stopped: "NOT_SCHEDULED",
    schedule: { ScheduleExpression: "cron(0 6 ? * MON-FRI *)", State: "SCHEDULED" },
    version: 5,
    created: 1,
    listed: [["events"], [], ["events"], ["none"]],
    refusals: [
      ["EntityNotFoundException", "Crawler entry with name none does not exist"],
      ["CrawlerNotRunningException", "Crawler with name events isn't running"],
      ["SchedulerRunningException"],
      ["InvalidInputException"],
      ["NotImplemented", "Millrace does not have crawls of DynamoDB tables."],
    ],
    left: [],
  });
});
