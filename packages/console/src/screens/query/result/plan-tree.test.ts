import { expect, it } from "vitest";
import { movementMeaning, ownCost, planTree } from "./plan-tree.ts";

const lines = [
  "XN HashAggregate  (cost=9176.46..9203.27 rows=10722 width=82)",
  "  ->  XN Hash Join DS_DIST_BOTH  (cost=102.00..6420.34 rows=19558 width=70)",
  '        Hash Cond: ("outer".eventid = "inner".eventid)',
  "        ->  XN Seq Scan on listing  (cost=0.00..200.00 rows=20000 width=8)",
  "              Filter: (note = 'a  (cost=1..2')",
  "        ->  XN Hash  (cost=102.00..102.00 rows=7207 width=62)",
  '              ->  S3 Seq Scan lake.t location:"s3://l/" format:TEXT  (cost=0.00..80.00 rows=8000 width=8)',
];

it("lines are a tree of steps with costs, rows and details", () => {
  const root = planTree(lines);
  expect(root).toMatchObject({ label: "HashAggregate", startCost: 9176.46, cost: 9203.27, rows: 10722 });
  const join = root?.children[0];
  expect(join).toMatchObject({ label: "Hash Join", movement: "DS_DIST_BOTH", widthBytes: 70 });
  expect(join?.details).toEqual(['Hash Cond: ("outer".eventid = "inner".eventid)']);
  expect(join?.children.map(({ label }) => label)).toEqual(["Seq Scan on listing", "Hash"]);
  expect(join?.children[0]?.details).toEqual(["Filter: (note = 'a  (cost=1..2')"]);
  expect(join?.children[1]?.children[0]?.label).toBe('S3 Seq Scan lake.t location:"s3://l/" format:TEXT');
});

it("a step's own cost leaves out what is below it", () => {
  const root = planTree(lines);
  expect(root && ownCost(root)).toBeCloseTo(2782.93);
});

it("one answer may hold all lines, and what is no plan is none", () => {
  expect(planTree([lines.join("\n")])).toEqual(planTree(lines));
  expect(planTree(["hello", ""])).toBeUndefined();
});

it("each movement says what it means", () => {
  expect(movementMeaning("DS_DIST_NONE").color).toBe("teal");
  expect(movementMeaning("DS_BCAST_INNER").color).toBe("red");
  expect(movementMeaning("DS_NEW").color).toBe("yellow");
});
