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

it("boto3 delivers through Firehose, changes streams and understands the errors", async () => {
  const printed = await mustRun([python, join(import.meta.dirname, "firehose.py"), millrace.url]);
  expect(JSON.parse(printed)).toEqual({
    delivery: { ids: 501, failed: 0, delivered: true },
    control: {
      versions: ["1", "2"],
      prefix: "b/",
      created: true,
      tags: [{ Key: "team", Value: "data" }],
      encrypted: true,
      first: [["controlled"], true],
    },
    errors: {
      missing: {
        code: "ResourceNotFoundException",
        message: "Firehose none under account 000000000000 not found.",
        class: true,
      },
      exists: {
        code: "ResourceInUseException",
        message: "Firehose records under accountId 000000000000 already exists",
        class: true,
      },
      "too large": {
        code: "ValidationException",
        message:
          "1 validation error detected: Value 'java.nio.HeapByteBuffer[pos=0 lim=1024001 cap=1024001]' at " +
          "'record.data' failed to satisfy constraint: Member must have length less than or equal to 1024000",
        class: false,
      },
      "batch too large": {
        code: "InvalidArgumentException",
        message: "Records size exceeds 4 MB limit",
        class: true,
      },
      interval: {
        code: "ValidationException",
        message:
          "1 validation error detected: Value '901' at " +
          "'extendedS3DestinationConfiguration.bufferingHints.intervalInSeconds' failed to satisfy constraint: " +
          "Member must have value less than or equal to 900",
        class: false,
      },
      format: {
        code: "ValidationException",
        message:
          "1 validation error detected: Value 'SNAPPY' at 'extendedS3DestinationConfiguration.compressionFormat' " +
          "failed to satisfy constraint: Member must satisfy enum value set: [UNCOMPRESSED, GZIP, ZIP, Snappy, HADOOP_SNAPPY]",
        class: false,
      },
    },
  });
});
