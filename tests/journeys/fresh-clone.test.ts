import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { repositoryRoot } from "../fixtures/millrace-process.ts";
import { mustRun } from "../fixtures/run-command.ts";

const flights = 50_000;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "millrace-clone-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The first command of the README, in a clone of what is committed. */
it("npm ci && npm run demo: in a fresh clone, numbers agree and the console is served", async () => {
  const clone = join(folder, "clone");
  await mustRun(["git", "clone", "--quiet", "--depth", "1", `file://${repositoryRoot}`, clone]);
  const script = [
    "npm ci --no-audit --no-fund",
    `npm run --silent demo -- --flights ${flights} --port 0 --json > demo.json`,
    "cat demo.json",
  ].join(" && ");
  const printed = await mustRun(["sh", "-c", script], { cwd: clone });
  const result = JSON.parse(printed.slice(printed.indexOf("{"))) as {
    readonly flights: number;
    readonly checks: readonly { readonly expected: number; readonly found: number }[];
  };
  expect(result.flights).toBe(flights);
  expect(result.checks.length).toBeGreaterThan(4);
  for (const { expected, found } of result.checks) expect(found).toBe(expected);
  expect(await mustRun(["cat", "packages/millrace/dist/console/index.html"], { cwd: clone })).toContain(
    "<title>Millrace</title>",
  );
});
