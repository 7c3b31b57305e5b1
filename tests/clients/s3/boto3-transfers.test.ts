import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { mustRun } from "../../fixtures/run-command.ts";
import { VerifyingMillrace } from "../../fixtures/verifying-millrace.ts";
import { virtualEnvironment } from "../python/virtual-environment.ts";

let millrace: VerifyingMillrace;
let python: string;

beforeAll(async () => {
  ({ python } = await virtualEnvironment());
  millrace = await VerifyingMillrace.start("123456789012");
});
afterAll(() => millrace.dispose());

it("boto3 transfers in parts by threads, checks sums, pages, presigns, and understands the errors", async () => {
  const program = join(import.meta.dirname, "boto3-transfers.py");
  const { accessKeyId, secretAccessKey } = millrace.root;
  const printed = await mustRun([python, program, millrace.process.url, accessKeyId, secretAccessKey]);
  expect(JSON.parse(printed)).toEqual({
    transfers: {
      bytes: true,
      progress: true,
      parts: "9",
      middle: true,
      copied: true,
      unseekable: true,
    },
    checksums: {
      CRC32: { read: true, same: true, "of parts": "COMPOSITE" },
      SHA1: { read: true, same: true, "of parts": "COMPOSITE" },
      SHA256: { read: true, same: true, "of parts": "COMPOSITE" },
      true: true,
      wrong: ["BadDigest", 400],
      "by default": true,
      "when required": false,
      deleted: ["never was", "old"],
    },
    pages: {
      keys: 25,
      "in order": true,
      folders: ["pages/0/", "pages/1/", "pages/2/"],
      versions: true,
    },
    resources: { old: "one", now: "two", left: ["a/thing"], gone: ["404", 404] },
    presigned: {
      "version 2 is refused": true,
      put: 200,
      get: "by url",
      forms: { small: 204, large: 400 },
      posted: "by form",
    },
    conditions: {
      again: ["PreconditionFailed", 412],
      stale: ["PreconditionFailed", 412],
      fresh: "OK",
      "not modified": ["304", 304],
      missing: ["NoSuchKey", 404],
      "no bucket": ["NoSuchBucket", 404],
      range: ["InvalidRange", 416],
    },
  });
});
