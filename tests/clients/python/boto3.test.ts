import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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

describe("boto3", () => {
  it("puts, gets, waits, pages, subscribes and understands the errors", async () => {
    const printed = await mustRun([python, join(import.meta.dirname, "streams.py"), millrace.url]);
    expect(JSON.parse(printed)).toEqual({
      "put and get": {
        data: true,
        keys: true,
        numbers: true,
        "from the middle": true,
        since: true,
        arrivals: true,
      },
      batches: { all: true, "in order": true, "shards used": 4 },
      paginators: { names: true, "several pages": true, shards: true },
      "consumers and tags": { arn: true, tags: true, consumer: true },
      subscriptions: { records: true },
      errors: {
        missing: {
          code: "ResourceNotFoundException",
          message: "Stream nowhere under account 000000000000 not found.",
          status: 400,
          class: true,
        },
        exists: expect.objectContaining({ code: "ResourceInUseException", status: 400, class: true }),
        iterator: expect.objectContaining({ code: "InvalidArgumentException", status: 400, class: true }),
        pattern: expect.objectContaining({ code: "ValidationException", status: 400 }),
      },
      routing: { wrong: [] },
    });
  });
});
