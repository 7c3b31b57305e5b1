import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";
import { mustRun } from "../../fixtures/run-command.ts";
import { virtualEnvironment } from "./virtual-environment.ts";

let millrace: MillraceProcess;
let python: string;

beforeAll(async () => {
  // It has awswrangler.
  ({ python } = await virtualEnvironment("lake-requirements.txt"));
  millrace = await MillraceProcess.start();
}, 300_000);
afterAll(() => millrace?.dispose());

it("boto3 and awswrangler run SQL over HTTP unchanged", async () => {
  const environment = {
    AWS_ENDPOINT_URL: millrace.url,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_DEFAULT_REGION: "us-east-1",
  };
  const printed = await mustRun([python, join(import.meta.dirname, "redshift-data.py")], { environment });
  expect(JSON.parse(printed.replace(": 9223372036854775807", ': "2^63-1"'))).toEqual({
    inserted: ["FINISHED", 1, true],
    records: [
      [
        { longValue: "2^63-1" },
        { stringValue: "it's" },
        { stringValue: "9.50" },
        { stringValue: "2026-01-02 03:04:05" },
        { booleanValue: true },
      ],
      [
        { longValue: 2 },
        { isNull: true },
        { stringValue: "1.00" },
        { isNull: true },
        { booleanValue: false },
      ],
    ],
    csv: expect.stringContaining("id,item\r\n2,\r\n"),
    batch: [1, 2],
    tables: [{ name: "sales", schema: "public", type: "TABLE" }],
    columns: ["int8", "varchar", "numeric", "timestamp", "bool"],
    databases: true,
    schemas: true,
    user: "awsuser",
    identity: "IAM:root",
    failed: ["FAILED", 'ERROR: relation "nope" does not exist'],
    "no result": ["Query does not have result. Please check query status with DescribeStatement.", true],
    serverless: "NotImplemented",
    frame: { columns: ["number", "item", "paid"], items: ["NULL", "it's"], rows: 2 },
  });
}, 120_000);
