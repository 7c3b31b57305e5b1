import { describe, expect, it } from "vitest";
import { partitionKeysOf } from "../partition-key.ts";
import { type Domain, domainOf } from "./domain.ts";
import { parseFilter } from "./parser.ts";

const keys = partitionKeysOf({
  PartitionKeys: [
    { Name: "n", Type: "int" },
    { Name: "s", Type: "string" },
  ],
});

/** The domain of a key in the mathematician's spelling. */
function domain(expression: string, position: number): string {
  const filter = parseFilter(expression, keys);
  const key = keys[position];
  if (filter === undefined || key === undefined) throw new Error("there is no such filter or key");
  return spelled(domainOf(filter, key));
}

const spelled = (intervals: Domain): string =>
  intervals
    .map(({ low, high }) => {
      const from = low === undefined ? "(" : `${low.inclusive ? "[" : "("}${low.value}`;
      return `${from},${high === undefined ? ")" : `${high.value}${high.inclusive ? "]" : ")"}`}`;
    })
    .join(" ");

describe("domains of keys", () => {
  it("meet under AND and join under OR", () => {
    expect(domain("n > 1 AND n <= 5 AND s = 'x'", 0)).toBe("(1,5]");
    expect(domain("n = 3 OR n = 1 OR n BETWEEN 2 AND 3", 0)).toBe("[1,1] [2,3]");
    expect(domain("n < 2 OR n > 4", 0)).toBe("(,2) (4,)");
    expect(domain("n < 5 AND (n = 1 OR n = 7)", 0)).toBe("[1,1]");
    expect(domain("n = 1 AND n = 2", 0)).toBe("");
    expect(domain("n = 1 OR s = 'x'", 0)).toBe("(,)");
  });

  it("turn round under NOT", () => {
    expect(domain("NOT (n < 2 OR n >= 5)", 0)).toBe("[2,5)");
    expect(domain("NOT n BETWEEN 2 AND 3", 0)).toBe("(,2) (3,)");
    expect(domain("NOT (n NOT IN (3, 1))", 0)).toBe("[1,1] [3,3]");
    expect(domain("NOT n = 1", 0)).toBe("(,)");
  });

  it("know the beginning of texts that are like a pattern", () => {
    expect(domain("s LIKE 'ab%'", 1)).toBe("[ab,ac)");
    expect(domain("s LIKE 'ab'", 1)).toBe("[ab,ab]");
    expect(domain("s LIKE '%b'", 1)).toBe("(,)");
    expect(domain("s LIKE 'a\uffff%'", 1)).toBe("[a\uffff,a\u{10000})");
    expect(domain("s LIKE '\u{10ffff}%'", 1)).toBe("[\u{10ffff},)");
    expect(domain("s NOT LIKE 'ab%'", 1)).toBe("(,)");
  });
});
