import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { mustRun } from "../../fixtures/run-command.ts";
import { VerifyingMillrace } from "../../fixtures/verifying-millrace.ts";
import { virtualEnvironment } from "./virtual-environment.ts";

let millrace: VerifyingMillrace;
let python: string;

beforeAll(async () => {
  ({ python } = await virtualEnvironment());
  millrace = await VerifyingMillrace.start("123456789012");
});
afterAll(() => millrace.dispose());

it("a form that boto3 has signed puts what it says and nothing else", async () => {
  const { accessKeyId, secretAccessKey } = millrace.root;
  const script = join(import.meta.dirname, "s3-forms.py");
  const printed = await mustRun([python, script, millrace.process.url, accessKeyId, secretAccessKey]);
  expect(JSON.parse(printed)).toEqual({
    put: [204, null],
    object: "ffd8ff",
    metadata: { by: "boto3" },
    large: [400, "EntityTooLarge"],
    moved: [403, "AccessDenied"],
    forged: [403, "SignatureDoesNotMatch"],
  });
});
