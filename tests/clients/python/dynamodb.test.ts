import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";
import { mustRun } from "../../fixtures/run-command.ts";
import { virtualEnvironment } from "./virtual-environment.ts";

let millrace: MillraceProcess;
let python: string;

beforeAll(async () => {
  ({ python } = await virtualEnvironment());
  // The waiters of boto3 look once in 20 seconds.
  millrace = await MillraceProcess.start({ flags: { "transition-ms": "0" } });
});
afterAll(() => millrace.dispose());

it("boto3's table resource works on DynamoDB unchanged", async () => {
  const printed = await mustRun([python, join(import.meta.dirname, "dynamodb.py"), millrace.url]);
  expect(JSON.parse(printed)).toEqual({
    read: {
      price: "19.9",
      seal: [7],
      tags: ["a", "b"],
      count: "7",
      query: [5, 7],
      closed: 40,
      scan: 120,
    },
    write: { price: "20", tags: ["a", "b", "c"], refused: "ConditionalCheckFailedException" },
    tables: [],
  });
});
