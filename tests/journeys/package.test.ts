import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PutRecordCommand } from "@aws-sdk/client-kinesis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStream, kinesisClient, recordsOf, textOf } from "../fixtures/kinesis-client.ts";
import { MillraceProcess, repositoryRoot } from "../fixtures/millrace-process.ts";
import { mustRun } from "../fixtures/run-command.ts";

let folder: string;
let project: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "millrace-package-"));
  project = join(folder, "project");
  await mkdir(project);
  await writeFile(
    join(project, "package.json"),
    '{ "name": "project", "private": true, "type": "module" }\n',
  );
  await mustRun([process.execPath, "scripts/build.ts"], { cwd: repositoryRoot });
  const packed = await mustRun(["npm", "pack", "--json", "--pack-destination", folder], {
    cwd: join(repositoryRoot, "packages/millrace"),
  });
  const [tarball] = JSON.parse(packed) as readonly { filename: string }[];
  await mustRun(
    ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", join(folder, tarball?.filename ?? "")],
    {
      cwd: project,
    },
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the published package", () => {
  it("starts by its command, and puts and gets a record", async () => {
    expect(await mustRun(["npx", "--no-install", "millrace", "--version"], { cwd: project })).toMatch(
      /^\d+\.\d+\.\d+\n$/,
    );
    const millrace = await MillraceProcess.start({
      command: [process.execPath, join(project, "node_modules/millrace/dist/cli/main.js")],
      dataFolder: join(folder, "data"),
    });
    const client = kinesisClient(millrace.url);
    try {
      await createStream(client, "packed");
      const Data = Buffer.from("from the package");
      const { ShardId = "" } = await client.send(
        new PutRecordCommand({ StreamName: "packed", PartitionKey: "key", Data }),
      );
      expect((await recordsOf(client, "packed", ShardId)).map(textOf)).toEqual(["from the package"]);
      expect(await millrace.terminate()).toBe(0);
      expect(millrace.stderr).toBe("");
    } finally {
      client.destroy();
      await millrace.dispose();
    }
  });

  it("runs inside a test of another project by createMillrace", async () => {
    await writeFile(
      join(project, "use.ts"),
      `import { createMillrace, type Millrace } from "millrace";
const millrace: Millrace = await createMillrace({ durability: "memory" });
const answer = await fetch(millrace.url + "/_millrace/health");
console.log(((await answer.json()) as { status: string }).status);
await millrace.close();
`,
    );
    expect(await mustRun([process.execPath, "use.ts"], { cwd: project })).toBe("ok\n");
  });

  it("describes its types to the compiler", async () => {
    await writeFile(
      join(project, "tsconfig.json"),
      JSON.stringify({
        compilerOptions: {
          module: "nodenext",
          strict: true,
          noEmit: true,
          skipLibCheck: true,
          lib: ["es2024"],
          types: [],
        },
        files: ["types.ts"],
      }),
    );
    await writeFile(
      join(project, "types.ts"),
      `import { createMillrace, type Millrace } from "millrace";
const millrace: Promise<Millrace> = createMillrace({ port: "0" });
export const port: Promise<number> = millrace.then(({ port }) => port);
`,
    );
    await mustRun([process.execPath, join(repositoryRoot, "node_modules/typescript/bin/tsc"), "-p", "."], {
      cwd: project,
    });
  });
});
