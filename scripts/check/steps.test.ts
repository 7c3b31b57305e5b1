import { expect, it } from "vitest";
import { checkSteps, runSteps, type Step } from "./steps.ts";

/** Runs three steps of which each ends with its code; what was run and printed. */
function runWith(codes: readonly number[]): { ran: string[]; printed: string; outcome: unknown } {
  const steps: Step[] = codes.map((code, index) => ({
    title: `step ${index}`,
    command: ["do", String(code)],
  }));
  const ran: string[] = [];
  const lines: string[] = [];
  let now = 0;
  const outcome = runSteps(steps, {
    run: (command) => {
      ran.push(command.join(" "));
      now += 1500;
      return Number(command[1]);
    },
    print: (line) => lines.push(line),
    nowMs: () => now,
  });
  return { ran, printed: lines.join("\n"), outcome };
}

it("runs all steps with a headline and a time each", () => {
  const { ran, printed, outcome } = runWith([0, 0]);
  expect(outcome).toEqual({ passed: true });
  expect(ran).toEqual(["do 0", "do 0"]);
  expect(printed).toContain("== 1/2 step 0: do 0\n== step 0 passed in 1.5 s");
});

it("stops at the first failure and forwards its exit code", () => {
  const { ran, printed, outcome } = runWith([0, 7, 0]);
  expect(outcome).toEqual({ passed: false, exitCode: 7 });
  expect(ran).toEqual(["do 0", "do 7"]);
  expect(printed).toContain("step 1 failed after 1.5 s (exit code 7)");
});

it("runs the cheap checks first and the system tests last, if at all", () => {
  const titles = (withSystem: boolean): string[] => checkSteps("/r", withSystem).map((step) => step.title);
  const cheap = ["lint", "types", "types of the console", "tidy", "unused code"];
  expect(titles(true)).toEqual([...cheap, "unit tests", "system tests"]);
  expect(titles(false)).toEqual(titles(true).slice(0, -1));
});
