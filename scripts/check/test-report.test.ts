import { expect, it } from "vitest";
import { countTests } from "./test-report.ts";

it("adds up reports, and counts a file that could not be loaded as a failure", () => {
  const unit = {
    numPassedTests: 3,
    numFailedTests: 1,
    testResults: [
      { status: "passed", assertionResults: [{}, {}] },
      { status: "failed", assertionResults: [{}, {}] },
      { status: "failed", assertionResults: [] },
    ],
  };
  const system = {
    numPassedTests: 2,
    numFailedTests: 0,
    testResults: [{ status: "passed", assertionResults: [{}, {}] }],
  };
  expect(countTests([JSON.stringify(unit), JSON.stringify(system)])).toEqual({ passed: 5, failed: 2 });
  expect(countTests([])).toEqual({ passed: 0, failed: 0 });
});
