import { expect, it } from "vitest";
import { crawlChanges, crawlText } from "./crawl-summary.ts";

it("reads what a crawl changed", () => {
  const changes = crawlChanges(
    '{"TABLE":{"ADD":{"Details":{"names":["a","b"]},"Count":2},"UPDATE":{"Count":1}},"PARTITION":{"DELETE":{"Count":1}}}',
  );
  expect(changes).toEqual([
    { entity: "TABLE", action: "ADD", count: 2, names: ["a", "b"] },
    { entity: "TABLE", action: "UPDATE", count: 1, names: [] },
    { entity: "PARTITION", action: "DELETE", count: 1, names: [] },
  ]);
  expect(crawlText(changes)).toBe("2 tables added, 1 table updated, 1 partition deleted");
});

it.each([undefined, "", "{}", "no JSON", "[1]", '{"TABLE":3}'])("finds nothing in %j", (summary) => {
  expect(crawlChanges(summary)).toEqual([]);
  expect(crawlText(crawlChanges(summary))).toBe("nothing changed");
});
