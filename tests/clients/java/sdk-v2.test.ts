import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildJava } from "../../fixtures/java-program.ts";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";
import { mustRun } from "../../fixtures/run-command.ts";

const checks = [
  "put and get",
  "batch",
  "timestamps",
  "errors",
  "paginators and waiters",
  "speaks CBOR",
  "put and get over TLS and HTTP/2",
  "subscribe over TLS and HTTP/2",
  "subscription errors over TLS and HTTP/2",
  "put and get over plain HTTP/2",
  "subscribe over plain HTTP/2",
];
let millrace: MillraceProcess;
let classPath: string;

beforeAll(async () => {
  classPath = await buildJava(import.meta.dirname, "java");
  millrace = await MillraceProcess.start();
});
afterAll(() => millrace.dispose());

describe("the AWS SDK for Java", () => {
  it("puts, gets and subscribes, in CBOR and over HTTP/2", async () => {
    const printed = await mustRun([
      "java",
      "-cp",
      classPath,
      "probe.Probe",
      millrace.url,
      millrace.secureUrl,
    ]);
    expect(JSON.parse(printed)).toEqual(Object.fromEntries(checks.map((check) => [check, "ok"])));
  });
});
