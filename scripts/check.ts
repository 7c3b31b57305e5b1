/**
 * Everything that has to pass, cheapest first: lint, types, tidy, unused code, unit tests, system tests.
 *
 *   npm test                 all of it
 *   npm run check            without the system tests
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { checkSteps, runSteps } from "./check/steps.ts";
import { countTests } from "./check/test-report.ts";

const root = join(import.meta.dirname, "..");
// The tools of this repository and its pinned Node come before what the machine has.
const path = `${join(root, "node_modules/.bin")}${delimiter}${process.env["PATH"] ?? ""}`;
const reportFolder = mkdtempSync(join(tmpdir(), "millrace-check-"));
const steps = checkSteps(reportFolder, !process.argv.includes("--without-system"));
try {
  const outcome = runSteps(steps, {
    run([command, ...parameters]) {
      const { status, error } = spawnSync(command, parameters, {
        cwd: root,
        env: { ...process.env, PATH: path },
        stdio: "inherit",
        shell: process.platform === "win32",
      });
      if (error !== undefined) throw error;
      return status ?? 1;
    },
    print: (line) => console.log(line),
    nowMs: () => Date.now(),
  });
  const reports = steps.flatMap(({ reportPath }) =>
    reportPath !== undefined && existsSync(reportPath) ? [readFileSync(reportPath, "utf8")] : [],
  );
  const { passed, failed } = countTests(reports);
  console.log(reports.length === 0 ? "\nno tests were run" : `\n${passed} passed, ${failed} failed`);
  process.exitCode = outcome.passed ? 0 : outcome.exitCode;
} finally {
  rmSync(reportFolder, { recursive: true, force: true });
}
