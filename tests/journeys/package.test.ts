import { access, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PutRecordCommand } from "@aws-sdk/client-kinesis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStream, kinesisClient, recordsOf, textOf } from "../fixtures/kinesis-client.ts";
import { MillraceProcess, repositoryRoot } from "../fixtures/millrace-process.ts";
import { PackedProject } from "../fixtures/packed-project.ts";
import { mustRun, runCommand } from "../fixtures/run-command.ts";

let packed: PackedProject;
const program = (name: string): Promise<string> => mustRun([process.execPath, name], { cwd: packed.path });
const write = (name: string, text: string): Promise<void> => writeFile(join(packed.path, name), text);

beforeAll(async () => {
  packed = await PackedProject.make();
}, 900_000);
afterAll(() => packed?.[Symbol.asyncDispose]());

describe("the published package", () => {
  it("starts by its command, and puts and gets a record", async () => {
    expect(await mustRun(["npx", "--no-install", "millrace", "--version"], { cwd: packed.path })).toMatch(
      /^\d+\.\d+\.\d+\n$/,
    );
    const millrace = await MillraceProcess.start({
      command: packed.command,
      dataFolder: join(packed.folder, "data"),
    });
    const client = kinesisClient(millrace.url);
    try {
      await createStream(client, "packed");
      const Data = Buffer.from("from the package");
      const { ShardId = "" } = await client.send(
        new PutRecordCommand({ StreamName: "packed", PartitionKey: "key", Data }),
      );
      expect((await recordsOf(client, "packed", ShardId)).map(textOf)).toEqual(["from the package"]);
      const page = await fetch(`${millrace.url}/_millrace/console/`);
      expect(page.headers.get("content-type")).toContain("text/html");
      expect(await millrace.terminate()).toBe(0);
      expect(millrace.stderr).toBe("");
    } finally {
      client.destroy();
      await millrace.dispose();
    }
  });

  it("has the console's files in it, and no sources or tests", async () => {
    const inside = (path: string): string => join(packed.path, "node_modules/millrace", path);
    await access(inside("dist/console/index.html"));
    await access(inside("dist/LICENSE"));
    await expect(access(inside("src"))).rejects.toThrow("ENOENT");
    await expect(access(inside("dist/core/clock.test.js"))).rejects.toThrow("ENOENT");
  });

  it("runs inside a program by createMillrace, imported and required", async () => {
    const use = `
      const answer = await fetch(millrace.url + "/_millrace/health");
      console.log((await answer.json()).status);
      await millrace.waitFor({ bucket: "none" }, { timeoutMs: 0 }).catch((error) => console.log(error.name));
      await millrace.close();`;
    await write(
      "use.mjs",
      `import { createMillrace } from "millrace";\nconst millrace = await createMillrace();${use}\n`,
    );
    await write(
      "use.cjs",
      `const { createMillrace } = require("millrace");
(async () => { const millrace = await createMillrace({ durability: "memory" });${use} })();\n`,
    );
    for (const name of ["use.mjs", "use.cjs"]) expect(await program(name)).toBe("ok\nWaitError\n");
  });

  it("describes its types to the compiler, which checks all of them", async () => {
    await packed.install("@types/node@24.19.2");
    await write(
      "tsconfig.json",
      JSON.stringify({
        compilerOptions: {
          ...{ module: "nodenext", target: "es2024", strict: true, noEmit: true, skipLibCheck: false },
          ...{ lib: ["es2024", "esnext.disposable"], types: ["node"], exactOptionalPropertyTypes: true },
        },
        files: ["types.ts"],
      }),
    );
    await write(
      "types.ts",
      `import { createMillrace, defineConfig, type Millrace, type WaitTarget } from "millrace";
import { millraceSetup } from "millrace/vitest";
import jestSetup from "millrace/jest";
import jestTeardown from "millrace/jest/teardown";
import { MillraceContainer } from "millrace/testcontainers";
const millrace: Millrace = await createMillrace({ port: 0, services: ["kinesis"] });
const timed = await createMillrace({ clock: "manual" });
await timed.clock.advance(1000);
const target: WaitTarget = { stream: "clicks" };
await millrace.waitFor(target);
// @ts-expect-error: there is no such setting
defineConfig({ colour: "blue" });
// @ts-expect-error: only a Millrace with a clock of its own has one for sure
await millrace.clock.advance(1);
export const port: number = millrace.ports.http;
export default millraceSetup({ ready: async ({ url }) => void url });
export const all: readonly unknown[] = [jestSetup, jestTeardown, new MillraceContainer("millrace:0.1.0")];
`,
    );
    await mustRun([process.execPath, join(repositoryRoot, "node_modules/typescript/bin/tsc"), "-p", "."], {
      cwd: packed.path,
    });
  });
});

describe("test runners in another project", () => {
  const clients = ["@aws-sdk/client-kinesis@3.1143.0", "@aws-sdk/client-s3@3.1169.0"];
  const test = (name: string): string => `
    test("${name} finds the one Millrace of the run by the environment", async () => {
      const s3 = new S3Client({});
      await s3.send(new CreateBucketCommand({ Bucket: "${name}" }));
      await s3.send(new PutObjectCommand({ Bucket: "${name}", Key: "key", Body: "body" }));
      const kinesis = new KinesisClient({});
      expect((await kinesis.send(new ListStreamsCommand({}))).StreamNames).toEqual(["made-before"]);
    });`;
  const names = [
    ["@aws-sdk/client-kinesis", "KinesisClient, ListStreamsCommand, CreateStreamCommand"],
    ["@aws-sdk/client-s3", "S3Client, CreateBucketCommand, PutObjectCommand, ListBucketsCommand"],
  ] as const;
  const imports = names.map(([from, what]) => `import { ${what} } from "${from}";`).join("\n");
  const requires = names.map(([from, what]) => `const { ${what} } = require("${from}");`).join("\n");
  const ready = `async ({ awsConfig, waitFor }) => {
    await new KinesisClient(awsConfig()).send(new CreateStreamCommand({ StreamName: "made-before", ShardCount: 1 }));
    await waitFor({ stream: "made-before" });
  }`;

  it("Vitest: one Millrace a run, with or without a set-up of one's own, emptied between files", async () => {
    await packed.install("vitest@5.1.1", ...clients);
    await write(
      "setup.mjs",
      `${imports}\nimport { millraceSetup } from "millrace/vitest";\nexport default millraceSetup({ ready: ${ready} });\n`,
    );
    for (const name of ["first", "second"])
      await write(`${name}.test.mjs`, `import { expect, test } from "vitest";\n${imports}\n${test(name)}`);
    for (const name of ["third", "fourth"])
      await write(
        `${name}.empty.mjs`,
        `import { expect, test } from "vitest";\n${imports}
         test("is empty", async () => {
           expect((await new S3Client({}).send(new ListBucketsCommand({}))).Buckets ?? []).toEqual([]);
           await new S3Client({}).send(new CreateBucketCommand({ Bucket: "${name}" }));
         });`,
      );
    const vitest = (...args: readonly string[]): Promise<string> =>
      mustRun(["npx", "--no-install", "vitest", "run", ...args], { cwd: packed.path, environment: unset });
    await write(
      "vitest.config.mjs",
      `export default { test: { include: ["*.test.mjs"], globalSetup: "./setup.mjs" } };`,
    );
    expect(await vitest()).toMatch(/Tests\s.*2 passed/);
    await write(
      "vitest.config.mjs",
      `export default { test: {
         include: ["*.empty.mjs"], globalSetup: "millrace/vitest", setupFiles: "millrace/vitest/reset", fileParallelism: false,
       } };`,
    );
    expect(await vitest()).toMatch(/Tests\s.*2 passed/);
  });

  it("Jest: one Millrace a run, with or without a set-up of one's own", async () => {
    await packed.install("jest@30.5.2", ...clients);
    await write(
      "setup.cjs",
      `${requires}\nconst { millraceSetup } = require("millrace/jest");\nmodule.exports = millraceSetup({ ready: ${ready} });\n`,
    );
    for (const name of ["fifth", "sixth"]) await write(`${name}.jest.cjs`, `${requires}\n${test(name)}`);
    await write(
      "seventh.default.cjs",
      `${requires}
       beforeAll(() => fetch(process.env.MILLRACE_URL + "/_millrace/reset", { method: "POST" }));
       test("by the default set-up", async () => {
         expect((await new S3Client({}).send(new ListBucketsCommand({}))).Buckets ?? []).toEqual([]);
       });`,
    );
    const jest = async (config: object): Promise<string> => {
      await write(
        "jest.config.json",
        JSON.stringify({ ...config, globalTeardown: "millrace/jest/teardown" }),
      );
      const result = await runCommand(["npx", "--no-install", "jest", "--config", "jest.config.json"], {
        cwd: packed.path,
        environment: unset,
      });
      expect(result.exitCode, result.stderr).toBe(0);
      return result.stderr;
    };
    const common = { testEnvironment: "node" };
    expect(
      await jest({
        ...common,
        testMatch: ["**/*.jest.cjs"],
        moduleFileExtensions: ["cjs", "js"],
        globalSetup: "./setup.cjs",
      }),
    ).toMatch(/Tests:\s+2 passed/);
    expect(
      await jest({
        ...common,
        testMatch: ["**/*.default.cjs"],
        moduleFileExtensions: ["cjs", "js"],
        globalSetup: "millrace/jest",
      }),
    ).toMatch(/Tests:\s+1 passed/);
  });

  it("Testcontainers: their own package is used, and misses an engine here or starts", async () => {
    await packed.install("testcontainers@12.2.0");
    await write(
      "container.mjs",
      `import { MillraceContainer } from "millrace/testcontainers";
await new MillraceContainer("millrace-that-nobody-has-built:0").withServices("kinesis").start();\n`,
    );
    const { exitCode, stderr } = await runCommand([process.execPath, "container.mjs"], { cwd: packed.path });
    expect(exitCode).toBe(1);
    // Without an engine it is the engine that is missing, with one the image.
    expect(stderr).toMatch(/container runtime|millrace-that-nobody-has-built/);
    expect(stderr).not.toContain("needs the package testcontainers");
  });
});

/** What this test's own runner has left in the environment would be taken for its own by the one that it starts. */
const unset: Readonly<Record<string, string>> = {
  VITEST: "",
  NODE_ENV: "",
  VITEST_WORKER_ID: "",
  JEST_WORKER_ID: "",
};
