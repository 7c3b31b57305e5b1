import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";
import { mustRun } from "../../fixtures/run-command.ts";
import { virtualEnvironment } from "./virtual-environment.ts";

let millrace: MillraceProcess;
let python: string;

beforeAll(async () => {
  ({ python } = await virtualEnvironment("kms-requirements.txt"));
  millrace = await MillraceProcess.start();
});
afterAll(() => millrace.dispose());

it("boto3 and the AWS Encryption SDK work on KMS unchanged", async () => {
  const script = join(import.meta.dirname, "kms.py");
  // The Encryption SDK makes clients of its own, which find the endpoint in the environment.
  const printed = await mustRun(["env", `AWS_ENDPOINT_URL=${millrace.url}`, python, script, millrace.url]);
  expect(JSON.parse(printed)).toEqual({
    encryption: {
      opened: true,
      by: true,
      "wrong context": "InvalidCiphertextException",
      "no such key": "NotFoundException",
      "dry run": "DryRunOperationException",
      "too long": "ValidationException",
      listed: ["alias/python"],
    },
    signatures: {
      "ECC_NIST_P256 RAW": true,
      "ECC_NIST_P256 DIGEST": true,
      "ECC_SECG_P256K1 RAW": true,
      "ECC_SECG_P256K1 DIGEST": true,
      "RSA_2048 RAW": true,
      "RSA_2048 DIGEST": true,
    },
    envelopes: {
      opened: true,
      context: "test",
      "by the second key": true,
      "refused when both are disabled": true,
    },
  });
});
