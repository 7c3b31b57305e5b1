import { SqlError } from "../../sql-error.ts";
import type { Case, Expression } from "../ast/expression.ts";
import { commonType } from "../functions/function-table.ts";
import { bareTypeText } from "../type-text.ts";
import type { SqlType } from "../types.ts";
import type { Block } from "./block.ts";
import { notSupported } from "./block.ts";
import { type Bound, bound, isVolatile, traitsOf, varcharType } from "./bound.ts";
import { coerce, coerceCondition } from "./coerce.ts";
import { bindOperator } from "./comparison.ts";

/** CASE with or without an operand. An operand is compared with each WHEN by the rules of `=`. */
export function bindCase(expression: Case, block: Block): Bound {
  const { operand, branches, otherwise, span } = expression;
  const subject = operand === undefined ? undefined : block.expression(operand);
  if (subject !== undefined && (subject.traits & isVolatile) !== 0 && branches.length > 1) {
    throw notSupported("CASE over a volatile expression", span);
  }
  const conditions = branches.map(({ when }) => {
    const value = block.expression(when);
    if (subject === undefined) return coerceCondition(value, "CASE/WHEN", block, when.span);
    return bindOperator("=", subject, value, block, when.span);
  });
  const results = branches.map(({ then }) => block.expression(then));
  const last = otherwise === undefined ? undefined : block.expression(otherwise);
  const all = last === undefined ? results : [...results, last];
  const places = [...branches.map(({ then }) => then), ...(otherwise === undefined ? [] : [otherwise])];
  const values = likened(all, "CASE", block, places);
  const whens = conditions.map((condition, index) => `WHEN ${condition.sql} THEN ${values[index]?.sql}`);
  const rest = last === undefined ? "" : ` ELSE ${values.at(-1)?.sql}`;
  return bound(values[0]?.type ?? varcharType, `CASE ${whens.join(" ")}${rest} END`, {
    traits: traitsOf([...conditions, ...values]),
    blankFree: values.every((value) => value.blankFree),
  });
}

/** Values of one type. @throws SqlError 42804 where they have none in common */
export function likened(
  values: readonly Bound[],
  what: string,
  block: Block,
  places: readonly Expression[],
): readonly Bound[] {
  const type = commonOf(values, what, places);
  return values.map((value, index) => coerce(value, type, "implicit", block, places[index]?.span));
}

function commonOf(values: readonly Bound[], what: string, places: readonly Expression[]): SqlType {
  const types = values.map((value) => literalLength(value));
  const type = commonType(types);
  if (type !== undefined) return type.name === "unknown" ? varcharType : type;
  for (let index = 1; index < types.length; index++) {
    if (commonType(types.slice(0, index + 1)) !== undefined) continue;
    const before = commonType(types.slice(0, index)) ?? varcharType;
    throw new SqlError(
      "42804",
      `${what} types ${bareTypeText(before)} and ${bareTypeText(types[index] ?? varcharType)} cannot be matched`,
      { position: places[index]?.span.start },
    );
  }
  throw new Error("types without a common one, of which each two have one");
}

/** A literal among texts counts with its own length. */
function literalLength(value: Bound): SqlType {
  return value.type;
}
