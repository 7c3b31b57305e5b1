import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

/**
 * Runs the scaffolds in a copy of the tree that holds no service at all, and puts what they write through
 * the compiler, Biome, tidy and Vitest.
 */
const source = join(import.meta.dirname, "../..");
const product = "packages/millrace/src";
const smallContext = `import type { Clock } from "../core/clock.ts";

export interface ServiceContext {
  readonly clock: Clock;
}
`;
const emptyRegistry = `import type { Service } from "../gateway/service.ts";
import type { ServiceContext } from "./service-context.ts";

type Factory = (context: ServiceContext) => Promise<Service>;

export const serviceFactories: Readonly<Record<string, Factory>> = {};
`;
let root: string;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** Runs a script or tool of the copy; what it printed, and how it ended. */
function run(command: string, ...parameters: readonly string[]): { status: number | null; text: string } {
  const { status, stdout, stderr } = spawnSync(command, parameters, { cwd: root, encoding: "utf8" });
  return { status, text: stdout + stderr };
}

function tool(name: string, ...parameters: readonly string[]): { status: number | null; text: string } {
  return run(join(source, "node_modules/.bin", name), ...parameters);
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "millrace-scaffold-"));
  const copied = [
    ...["package.json", "tsconfig.json", "biome.json", "vitest.config.ts", "packages/millrace/package.json"],
    ...[
      "scripts/tidy.ts",
      "scripts/new-operation.ts",
      "scripts/new-service.ts",
      "scripts/tidy",
      "scripts/scaffold",
    ],
    ...["core/errors.ts", "core/clock.ts", "core/logger.ts", "core/policy/request-context.ts"].map(
      (path) => `${product}/${path}`,
    ),
    ...["gateway/call.ts", "gateway/service.ts", "gateway/facts/firehose.json"].map(
      (path) => `${product}/${path}`,
    ),
    ...["gateway/facts/kinesis-analytics-v2.json"].map((path) => `${product}/${path}`),
  ];
  for (const path of copied) cpSync(join(source, path), join(root, path), { recursive: true });
  write(`${product}/server/services.ts`, emptyRegistry);
  write(`${product}/server/service-context.ts`, smallContext);
  write(".gitignore", "node_modules\n");
  symlinkSync(join(source, "node_modules"), join(root, "node_modules"));
  execFileSync("git", ["init", "--quiet"], { cwd: root });
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

it("writes services and operations that pass every check and answer 501", { timeout: 120_000 }, () => {
  const scaffolds = [
    ["new-service", "firehose"],
    ["new-operation", "firehose", "PutRecordBatch"],
    ["new-operation", "firehose", "PutRecord"],
    ["new-operation", "firehose", "CreateDeliveryStream"],
    ["new-service", "kinesis-analytics-v2"],
    ["new-operation", "kinesis-analytics-v2", "AddApplicationVpcConfiguration"],
  ];
  for (const [script, ...parameters] of scaffolds)
    expect(run(process.execPath, `scripts/${script}.ts`, ...parameters)).toMatchObject({ status: 0 });

  const written = /^packages\/millrace\/src\/(services|server)\//;
  const complaints = tool("tsc", "-p", "tsconfig.json").text.split("\n");
  expect(complaints.filter((line) => written.test(line))).toEqual([]);
  const linted = tool("biome", "check", `${product}/services`, `${product}/server`);
  expect(linted, linted.text).toMatchObject({ status: 0 });
  expect(run(process.execPath, "scripts/tidy.ts", ".")).toEqual({
    status: 0,
    text: expect.stringContaining("nothing to say"),
  });
  const tests = tool("vitest", "run", "--project", "unit", product);
  expect(tests, tests.text).toMatchObject({ status: 0 });

  const table = readFileSync(join(root, product, "services/firehose/operations.ts"), "utf8");
  const names = [...table.matchAll(/^ {2}(\w+): \{ run: (\w+)/gm)].map((match) => match[1]);
  expect(names).toEqual(["CreateDeliveryStream", "PutRecord", "PutRecordBatch"]);
  const registry = readFileSync(join(root, product, "server/services.ts"), "utf8");
  expect(registry).toContain('(await import("./start-firehose.ts")).startFirehose(context)');
  expect(registry).toContain('"kinesis-analytics-v2": async (context) =>');
  const page = readFileSync(join(root, "docs/firehose.md"), "utf8");
  expect(page).toContain("| PutRecord | not yet: 501 | |");
  expect(page).toContain("0 of 12 operations.");
});

it.each([
  [["new-operation", "firehose", "putRecord"], "firehose has no operation putRecord: write PutRecord"],
  [["new-operation", "firehose", "Frobnicate"], "firehose has no operation Frobnicate; "],
  [["new-operation", "firehose", "PutRecord"], "has PutRecord already"],
  [["new-operation", "nowhere", "PutRecord"], "`npm run facts` writes the models"],
  [["new-operation", "firehose"], "usage: npm run new-operation"],
  [["new-service", "firehose"], "services/firehose is there already"],
  [["new-service", "../escape"], "is no AWS service id"],
  [["new-service", "nowhere"], "add the service to scripts/facts/services.ts"],
  [["new-service"], "usage: npm run new-service"],
])("refuses %j without a stack, and changes nothing", ([script, ...parameters], message) => {
  const before = run("git", "status", "--porcelain", "--untracked-files=all");
  const refused = run(process.execPath, `scripts/${script}.ts`, ...parameters);
  expect(refused).toMatchObject({ status: 1, text: expect.stringContaining(message) });
  expect(refused.text).not.toContain("    at ");
  expect(run("git", "status", "--porcelain", "--untracked-files=all")).toEqual(before);
});
