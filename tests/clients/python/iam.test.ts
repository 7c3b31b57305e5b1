import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mustRun } from "../../fixtures/run-command.ts";
import { VerifyingMillrace } from "../../fixtures/verifying-millrace.ts";
import { virtualEnvironment } from "./virtual-environment.ts";

let millrace: VerifyingMillrace;
let python: string;

beforeAll(async () => {
  ({ python } = await virtualEnvironment());
  millrace = await VerifyingMillrace.start("111111111111");
});
afterAll(() => millrace.dispose());

describe("boto3", () => {
  it("makes users and roles, works as them, pages, and understands the errors", async () => {
    const { accessKeyId, secretAccessKey } = millrace.root;
    const program = join(import.meta.dirname, "iam.py");
    const printed = await mustRun([python, program, millrace.process.url, accessKeyId, secretAccessKey]);
    expect(JSON.parse(printed)).toEqual({
      "the document is decoded": true,
      who: "arn:aws:iam::111111111111:user/team/jo",
      "may list": "OK",
      "may create": "AccessDeniedException",
      "may assume": "AccessDenied",
      "the trust is decoded": true,
      "the session": "arn:aws:sts::111111111111:assumed-role/app/one",
      "the session may list": "OK",
      "the session may create": "AccessDeniedException",
      pages: [10, 10, 5],
      "in order": true,
      missing: true,
      exists: true,
      conflict: true,
      malformed: true,
    });
  });
});
