import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";
import { mustRun } from "../../fixtures/run-command.ts";
import { virtualEnvironment } from "./virtual-environment.ts";

let millrace: MillraceProcess;
let python: string;

beforeAll(async () => {
  ({ python } = await virtualEnvironment("requirements.txt"));
  millrace = await MillraceProcess.start();
}, 300_000);
afterAll(() => millrace?.dispose());

it("boto3 runs applications unchanged", async () => {
  const environment = {
    AWS_ENDPOINT_URL: millrace.url,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_DEFAULT_REGION: "us-east-1",
  };
  const printed = await mustRun([python, join(import.meta.dirname, "analytics.py")], { environment });
  expect(JSON.parse(printed)).toEqual({
    created: ["READY", 1, "STREAMING"],
    snapshot: ["READY", 1],
    updated: { ApplicationVersionUpdatedFrom: 1, ApplicationVersionUpdatedTo: 2 },
    versions: [2, 1],
    url: true,
    operations: ["StopApplication SUCCESSFUL", "UpdateApplication SUCCESSFUL", "StartApplication SUCCESSFUL"],
    snapshots: 3,
    tags: [{ Key: "team", Value: "flights" }],
    jar: "The application's code is not SQL: a ja",
    columns: [
      ["origin", "VARCHAR(4)"],
      ["delay", "INTEGER"],
    ],
    rows: [["ATL", "5"]],
    errors: [
      "ResourceInUseException",
      "ResourceNotFoundException",
      "ResourceInUseException",
      "ConcurrentModificationException",
      "InvalidRequestException",
      "CodeValidationException",
    ],
    left: ["jar"],
  });
});
