import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";
import { mustRun } from "../../fixtures/run-command.ts";
import { virtualEnvironment } from "./virtual-environment.ts";

let millrace: MillraceProcess;
let python: string;

beforeAll(async () => {
  ({ python } = await virtualEnvironment());
  millrace = await MillraceProcess.start();
});
afterAll(() => millrace.dispose());

it("boto3 reads the events of S3 Select, and its errors before and within them", async () => {
  const printed = await mustRun([python, join(import.meta.dirname, "s3-select.py"), millrace.url]);
  expect(JSON.parse(printed)).toEqual({
    people: { text: "Grace\n", kinds: ["Records", "Stats", "End"], scanned: 25 },
    within: "CastFailed",
    before: ["MissingHeaders", 400],
  });
});
