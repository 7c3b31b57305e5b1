import { expect, it } from "vitest";
import type { InsertStatement, Relation, TableDefinition } from "../../../sql/flink/relation.ts";
import { checkPlanSize } from "./plan-size.ts";

/** A join of a relation with itself, again and again: small as an object, 2^depth as a tree. */
function doubled(depth: number): InsertStatement {
  let input: Relation = { kind: "values", fields: [], rows: [[]] };
  for (let at = 0; at < depth; at += 1) {
    input = { kind: "join", fields: [], left: input, right: input, type: "inner", condition: undefined };
  }
  const table: TableDefinition = {
    path: ["c", "d", "t"],
    columns: [],
    watermark: undefined,
    primaryKey: [],
    partitionKeys: [],
    options: {},
  };
  return { table, input, isOverwrite: false, text: "", position: 7 };
}

it("takes views over views, and refuses those that double beyond all memory, where the INSERT is", () => {
  expect(() => checkPlanSize([doubled(10)])).not.toThrow();
  expect(() => checkPlanSize([doubled(60)])).toThrow(
    expect.objectContaining({ sqlState: "54001", position: 7 }),
  );
});

it("counts all INSERTs of a program together", () => {
  expect(() => checkPlanSize(Array.from({ length: 9 }, () => doubled(10)))).not.toThrow();
  expect(() => checkPlanSize(Array.from({ length: 10 }, () => doubled(10)))).toThrow("more than 20000");
});
