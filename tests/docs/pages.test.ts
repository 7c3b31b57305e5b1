import { chmod, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { repositoryRoot } from "../fixtures/millrace-process.ts";
import { PackedProject } from "../fixtures/packed-project.ts";
import { runCommand } from "../fixtures/run-command.ts";
import { requirePrograms } from "../fixtures/system-packages.ts";
import { type Block, blocksOf, missingLine } from "./page-blocks.ts";
import { printedByLine, scriptOf } from "./page-script.ts";

/**
 * Each command of the pages is run as it is written, in an empty project that has the published package, next to a
 * Millrace at its usual ports: this file has the machine for itself.
 */
const pageLimitMs = 280_000;
/** Debian's AWS CLI is older than AWS_ENDPOINT_URL; everything else of it is as the pages need it. */
const awsProgram = `#!/bin/sh
exec /usr/bin/aws --endpoint-url "\${AWS_ENDPOINT_URL:?}" "$@"
`;

let project: PackedProject;
let programs: string;

beforeAll(async () => {
  await requirePrograms(
    [
      ["/usr/bin/aws", "--version"],
      ["psql", "--version"],
      ["jq", "--version"],
      ["curl", "--version"],
    ],
    ["awscli", "postgresql-client", "jq", "curl"],
  );
  project = await PackedProject.make();
  programs = join(project.folder, "programs");
  await mkdir(programs);
  await writeFile(join(programs, "aws"), awsProgram);
  await chmod(join(programs, "aws"), 0o755);
});
afterAll(() => project[Symbol.asyncDispose]());

const pages = ["README.md", ...(await pagesBelow("docs"))];

it.each(pages)("%s does what it says", { timeout: pageLimitMs + 20_000 }, async (page) => {
  const blocks = blocksOf(await readFile(join(repositoryRoot, page), "utf8"));
  if (blocks.every(({ kind }) => kind === "left" || kind === "file")) return;
  const printed = await run(page, blocks);
  for (const block of blocks)
    if ("printed" in block && block.printed !== undefined)
      expect([
        page,
        block.line,
        missingLine(block.printed, printed.get(block.line) ?? ""),
        printed.get(block.line),
      ]).toEqual([page, block.line, undefined, expect.anything()]);
});

async function run(page: string, blocks: readonly Block[]): Promise<ReadonlyMap<number, string>> {
  const folder = join(project.folder, "project", page.replace(/\W+/g, "-"));
  await mkdir(folder, { recursive: true });
  await using _millrace = await project.start({ data: join(folder, ".millrace") });
  const { exitCode, stdout, stderr } = await runCommand(
    ["setsid", "--wait", "bash", "-c", scriptOf(blocks)],
    {
      cwd: folder,
      timeoutMs: pageLimitMs,
      environment: {
        PATH: `${programs}:${process.env["PATH"] ?? ""}`,
        HOME: folder,
        // What the machine has fetched before, so that pages differ from a user's in nothing but time.
        PIP_CACHE_DIR: join(homedir(), ".cache/pip"),
        MAVEN_OPTS: `-Dmaven.repo.local=${join(homedir(), ".m2/repository")}`,
        AWS_PAGER: "",
        ...(await terraformPlugins()),
      },
    },
  );
  const printed = printedByLine(stdout);
  if (exitCode !== 0)
    throw new Error(`${page}:${[...printed.keys()].at(-1)} ended with ${exitCode}\n${stdout}\n${stderr}`);
  return printed;
}

/** Where a machine has them on its disk, they are not fetched. */
async function terraformPlugins(): Promise<Readonly<Record<string, string>>> {
  const folder = "/opt/tf-plugins";
  const found = await readdir(folder).catch(() => []);
  return found.length === 0 ? {} : { TF_CLI_ARGS_init: `-plugin-dir=${folder}` };
}

async function pagesBelow(folder: string): Promise<readonly string[]> {
  const names = await readdir(join(repositoryRoot, folder), { recursive: true });
  return names
    .filter((name) => name.endsWith(".md") && !name.startsWith("adr/"))
    .map((name) => `${folder}/${name}`)
    .sort();
}
