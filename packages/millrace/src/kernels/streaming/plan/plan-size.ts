import type { InsertStatement, Relation } from "../../../sql/flink/relation.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import { inputsOf } from "./ranks.ts";

/** Tables, filters, joins and so on of a program, each counted as often as views that use it are used. */
const maxRelations = 20_000;

/**
 * Views over joins of views double with each: a few lines would be more than all memory. Parts that are shared
 * are looked at once, so that counting takes no time itself.
 * @throws SqlError 54001
 */
export function checkPlanSize(inserts: readonly InsertStatement[]): void {
  const sizes = new Map<Relation, number>();
  let total = 0;
  for (const { input, position } of inserts) {
    total += sizeOf(input, sizes);
    if (total <= maxRelations) continue;
    throw new SqlError(
      "54001",
      `the program has more than ${maxRelations} operators, its views put in place`,
      {
        position,
      },
    );
  }
}

function sizeOf(relation: Relation, sizes: Map<Relation, number>): number {
  const known = sizes.get(relation);
  if (known !== undefined) return known;
  const size = inputsOf(relation).reduce((sum, input) => sum + sizeOf(input, sizes), 1);
  sizes.set(relation, size);
  return size;
}
