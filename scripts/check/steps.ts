/** One part of `npm test`, as a command line. */
export interface Step {
  readonly title: string;
  readonly command: readonly [string, ...string[]];
  /** Vitest writes its JSON report here. */
  readonly reportPath?: string;
}

export type Outcome = { readonly passed: true } | { readonly passed: false; readonly exitCode: number };

/** What running the steps needs from outside, so that a test can stand in for the machine. */
export interface Runner {
  /** Runs a command with our own output; its exit code. */
  run(command: readonly [string, ...string[]]): number;
  print(line: string): void;
  nowMs(): number;
}

/** Runs steps one after the other and stops at the first that fails. */
export function runSteps(steps: readonly Step[], runner: Runner): Outcome {
  for (const [index, { title, command }] of steps.entries()) {
    runner.print(`\n== ${index + 1}/${steps.length} ${title}: ${command.join(" ")}`);
    const startedMs = runner.nowMs();
    const exitCode = runner.run(command);
    const seconds = ((runner.nowMs() - startedMs) / 1000).toFixed(1);
    if (exitCode !== 0) {
      runner.print(
        `== ${title} failed after ${seconds} s (exit code ${exitCode}); what comes after it was not run`,
      );
      return { passed: false, exitCode };
    }
    runner.print(`== ${title} passed in ${seconds} s`);
  }
  return { passed: true };
}

export function checkSteps(reportFolder: string, withSystem: boolean): readonly Step[] {
  const steps: readonly Step[] = [
    { title: "lint", command: ["biome", "check", "."] },
    { title: "types", command: ["tsc", "-p", "tsconfig.json"] },
    { title: "types of the console", command: ["tsc", "-p", "packages/console", "--noEmit"] },
    { title: "tidy", command: ["node", "scripts/tidy.ts"] },
    { title: "unused code", command: ["knip"] },
    tests("unit", ["unit"], reportFolder),
  ];
  return withSystem ? [...steps, tests("system", ["system", "alone"], reportFolder)] : steps;
}

/** @param projects of vitest.config.ts */
function tests(kind: "unit" | "system", projects: readonly string[], reportFolder: string): Step {
  const reportPath = `${reportFolder}/${kind}.json`;
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${reportPath}`];
  return {
    title: `${kind} tests`,
    command: ["vitest", "run", ...projects.flatMap((project) => ["--project", project]), ...reporters],
    reportPath,
  };
}
