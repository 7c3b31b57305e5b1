import type { Span } from "../../position.ts";
import { resolveOperator } from "../functions/function-table.ts";
import { type ComparedText, comparableText, compareTexts } from "../print/compare-text.ts";
import { isText } from "../type-rules.ts";
import type { Block } from "./block.ts";
import { type Bound, booleanType, bound, traitsOf } from "./bound.ts";
import { at, coerce, settled } from "./coerce.ts";

const comparisons: ReadonlySet<string> = new Set(["=", "<>", "<", "<=", ">", ">="]);

/** An operator between two bound operands. @throws SqlError 42883 */
export function bindOperator(operator: string, left: Bound, right: Bound, block: Block, span: Span): Bound {
  const call = at(span, () => resolveOperator(operator, left, right));
  const [leftType, rightType] = call.parameterTypes;
  if (leftType === undefined || rightType === undefined)
    throw new Error("an operator of less than two operands");
  const a = coerce(left, leftType, "implicit", block, span);
  const b = coerce(right, rightType, "implicit", block, span);
  const traits = traitsOf([a, b]);
  if (comparisons.has(operator) && isText(leftType) && isText(rightType)) {
    const anyCase = block.place.space.settings.caseInsensitive;
    return bound(booleanType, compareTexts(operator, comparedText(a), comparedText(b), anyCase), { traits });
  }
  if (call.sessionValue) block.state.reusable = false;
  const sql = at(span, () => call.print([a.sql, b.sql], block.state.form));
  return bound(call.type, sql, { traits });
}

export function comparedText(value: Bound): ComparedText {
  return {
    sql: value.sql,
    constant: value.constant ?? undefined,
    isColumn: value.column !== undefined,
    blankFree: value.blankFree,
  };
}

/** What stands for a value where equal ones must be the same to the engine: in GROUP BY, DISTINCT, joins, PARTITION BY. */
export function comparable(value: Bound, block: Block): string {
  if (!isText(value.type) && value.type.name !== "unknown") return value.sql;
  const text = settled(value, block);
  if (text.constant === null) return text.sql;
  return comparableText(comparedText(text), block.place.space.settings.caseInsensitive);
}

/** Whether the engine tells its values apart as Redshift does. */
export function isPlainlyComparable(value: Pick<Bound, "type" | "blankFree">, block: Block): boolean {
  return !isText(value.type) || (value.blankFree && !block.place.space.settings.caseInsensitive);
}
