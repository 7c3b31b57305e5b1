import { expect, it } from "vitest";
import { partsOf, singlePutBytes } from "./upload.ts";

it.each([1, singlePutBytes, singlePutBytes + 1, 100 * 1024 ** 2 + 3, 5 * 1024 ** 4])(
  "divides %i bytes into parts without gaps",
  (sizeBytes) => {
    const parts = partsOf(sizeBytes);
    expect(parts.length).toBeLessThanOrEqual(10_000);
    expect(parts[0]?.start).toBe(0);
    expect(parts.at(-1)?.end).toBe(sizeBytes);
    let lastEnd = 0;
    for (const [i, { number, start, end }] of parts.entries()) {
      expect([number, start]).toEqual([i + 1, lastEnd]);
      if (i < parts.length - 1) expect(end - start).toBeGreaterThanOrEqual(5 * 1024 ** 2);
      lastEnd = end;
    }
  },
);
