import { describe, expect, it } from "vitest";
import { limits } from "./limits.ts";
import { addSummary, decodeValues, emptySummary, encodeValues, percentile, summaryOf } from "./summary.ts";

describe("Summary", () => {
  it("keeps percentiles close when there are more values than it keeps", () => {
    const summary = emptySummary();
    // A walk through all numbers in a scattered order: 7,919 and 100,000 have no common factor.
    for (let i = 0; i < 100_000; i++) addSummary(summary, summaryOf(1 + ((i * 7_919) % 100_000), 1));
    expect(summary.values?.size).toBeLessThanOrEqual(limits.valuesPerPoint);
    expect(summary).toMatchObject({ count: 100_000, min: 1, max: 100_000, sum: 5_000_050_000 });
    for (const percent of [10, 50, 90, 99, 99.9]) {
      const wanted = (percent / 100) * 100_000;
      expect(Math.abs((percentile(summary, percent) ?? 0) - wanted) / wanted).toBeLessThan(0.05);
    }
  });

  it("has values back as they were encoded", () => {
    const values = new Map([
      [-0.1, 3],
      [1e300, 0.5],
    ]);
    expect(decodeValues(encodeValues(values))).toEqual(values);
    expect(decodeValues(encodeValues(undefined))).toBeUndefined();
    expect(decodeValues(encodeValues(new Map()))).toEqual(new Map());
  });

  it("counts fractions", () => {
    const summary = emptySummary();
    for (let i = 1; i <= 10; i++) addSummary(summary, summaryOf(i, 0.1));
    expect(percentile(summary, 50)).toBe(5);
    expect(percentile(emptySummary(), 50)).toBeUndefined();
  });
});
