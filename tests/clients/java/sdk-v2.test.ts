import { mkdir, readFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MillraceProcess, repositoryRoot } from "../../fixtures/millrace-process.ts";
import { mustRun } from "../../fixtures/run-command.ts";
import { requirePrograms } from "../../fixtures/system-packages.ts";

const buildFolder = join(repositoryRoot, "node_modules/.cache/millrace-java");
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
  await requirePrograms(
    [
      ["java", "-version"],
      ["javac", "-version"],
      ["mvn", "-version"],
    ],
    ["default-jdk-headless", "maven"],
  );
  classPath = await build();
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

/** Compiles the probe and answers the class path to run it with. */
async function build(): Promise<string> {
  await mkdir(buildFolder, { recursive: true });
  const listFile = join(buildFolder, "class-path.txt");
  await mustRun(
    [
      ...(["mvn", "-q", "-B", `-DbuildFolder=${buildFolder}`, "compile"] as const),
      ...["dependency:build-classpath", `-Dmdep.outputFile=${listFile}`],
    ],
    { cwd: import.meta.dirname },
  );
  const libraries = await readFile(listFile, "utf8");
  return [join(buildFolder, "classes"), libraries.trim()].join(delimiter);
}
