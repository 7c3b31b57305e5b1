import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildJava } from "../../fixtures/java-program.ts";
import { mustRun } from "../../fixtures/run-command.ts";
import { VerifyingMillrace } from "../../fixtures/verifying-millrace.ts";

let millrace: VerifyingMillrace;
let classPath: string;

beforeAll(async () => {
  classPath = await buildJava(join(import.meta.dirname, "java"), "java-s3");
  millrace = await VerifyingMillrace.start("123456789012");
});
afterAll(() => millrace.dispose());

it("the AWS SDK for Java puts with checksums and signed chunks, pages, and transfers files in parts", async () => {
  const { accessKeyId, secretAccessKey } = millrace.root;
  const program = ["java", "-cp", classPath, "s3probe.Probe"] as const;
  const printed = await mustRun([...program, millrace.process.url, accessKeyId, secretAccessKey]);
  expect(printed.trim().split("\n")).toEqual([
    "checksum CRC32",
    "checksum SHA1",
    "checksum SHA256",
    "errors",
    "pages",
    "transfers",
  ]);
});
