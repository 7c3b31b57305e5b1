/** The part of Vitest's JSON report that is read here. */
interface JsonReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  /** One a file. A file that could not even be loaded has failed and has no tests. */
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

export interface TestCount {
  readonly passed: number;
  /** A file that could not be loaded counts as one. */
  readonly failed: number;
}

/** Adds up Vitest's JSON reports. */
export function countTests(reports: readonly string[]): TestCount {
  let passed = 0;
  let failed = 0;
  for (const text of reports) {
    const report: JsonReport = JSON.parse(text);
    passed += report.numPassedTests;
    failed += report.numFailedTests;
    for (const { status, assertionResults } of report.testResults)
      if (status === "failed" && assertionResults.length === 0) failed++;
  }
  return { passed, failed };
}
