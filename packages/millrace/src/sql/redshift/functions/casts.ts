import { SqlError } from "../../sql-error.ts";
import { castDistance, categoryOf, isAssignable, isText } from "../type-rules.ts";
import { bareTypeText, engineType } from "../type-text.ts";
import type { SqlType } from "../types.ts";
import { printLiteral } from "./cast-literals.ts";
import type { CastMode, CastOperand } from "./cast-operand.ts";
import { fromSuper, toSuper } from "./cast-super.ts";
import { fromText, toText } from "./cast-texts.ts";
import { cast, macro } from "./engine-text.ts";

/**
 * The operand as engine SQL of the type's engine type.
 * @throws SqlError 42846 or 42804 where there is no such cast; 22P02, 22007, 22001, 22003 for a literal that is none of the type
 */
export function castTo(operand: CastOperand, to: SqlType, mode: CastMode): string {
  const { type: from, constant } = operand;
  if (constant === null) return cast("NULL", engineType(to));
  if (from.name === "unknown" && constant !== undefined) return printLiteral(constant, to, mode);
  const source = from.name === "unknown" ? { ...operand, type: { name: "text" as const } } : operand;
  checkCast(source.type, to, mode);
  return convert(source, to, mode);
}

/** Does a cast of this mode exist? */
export function canCast(from: SqlType, to: SqlType, mode: CastMode): boolean {
  if (from.name === "unknown" || from.name === to.name) return true;
  if (mode === "implicit") return castDistance(from, to) !== undefined;
  if (mode === "assignment") return isAssignable(from, to);
  return isAssignable(from, to) || explicitPairs.has(`${categoryOf(from)}>${categoryOf(to)}`);
}

/** Written casts beyond those of assignment, by category. */
const explicitPairs: ReadonlySet<string> = new Set([
  ...[
    "text>number",
    "text>boolean",
    "text>datetime",
    "text>time",
    "text>interval",
    "text>super",
    "text>binary",
  ],
  ...["boolean>number", "number>boolean", "binary>text", "binary>number", "number>binary", "datetime>time"],
  ...["super>number", "super>text", "super>boolean", "super>datetime", "super>time", "super>array"],
  ...["number>super", "boolean>super", "datetime>super", "time>super", "array>super", "array>text"],
  ...["time>interval", "interval>time"],
]);

function checkCast(from: SqlType, to: SqlType, mode: CastMode): void {
  const refused = from.name === "boolean" && (to.name === "numeric" || to.name === "real");
  if (canCast(from, to, mode) && !refused) return;
  if (mode === "assignment") {
    throw new SqlError(
      "42804",
      `column is of type ${bareTypeText(to)} but expression is of type ${bareTypeText(from)}`,
      {
        hint: "You will need to rewrite or cast the expression.",
      },
    );
  }
  throw new SqlError("42846", `cannot cast type ${bareTypeText(from)} to ${bareTypeText(to)}`);
}

function convert(operand: CastOperand, to: SqlType, mode: CastMode): string {
  const { sql, type: from } = operand;
  if (to.name === "super") return toSuper(operand);
  if (from.name === "super") return fromSuper(operand, to, mode);
  if (isText(to)) return toText(operand, to, mode);
  if (isText(from)) return fromText(operand, to);
  const target = engineType(to);
  if (from.name === "boolean" || to.name === "boolean") {
    return to.name === "boolean" && from.name !== "boolean" ? `(${sql} <> 0)` : sameOr(operand, to, target);
  }
  if (to.name === "numeric" && to.precision === undefined && from.name === "numeric") return sql;
  if (from.name === "varbyte" || to.name === "varbyte") return binaryCast(operand, to);
  return sameOr(operand, to, target);
}

function sameOr({ sql, type: from }: CastOperand, to: SqlType, target: string): string {
  if (engineType(from) === target && from.name === to.name) return sql;
  if (categoryOf(from) === "interval" && categoryOf(to) === "interval") return intervalCast(sql, from, to);
  return cast(sql, target);
}

function intervalCast(sql: string, from: SqlType, to: SqlType): string {
  if (from.name === to.name || to.name === "interval") return sql;
  if (to.name === "interval year to month") return macro("months_of_interval", sql);
  return macro("days_of_interval", sql);
}

/** VARBYTE to VARBYTE(n) cuts; between VARBYTE and integers, the bytes are the number's, highest first. */
function binaryCast({ sql, type: from }: CastOperand, to: SqlType): string {
  if (from.name === "varbyte" && to.name === "varbyte") {
    if (to.length === undefined || (from.length !== undefined && from.length <= to.length)) return sql;
    return macro("varbyte_cut", sql, String(to.length));
  }
  if (to.name === "varbyte") {
    const width = { smallint: 2, integer: 4, bigint: 8 }[from.name as "smallint"];
    if (width === undefined)
      throw new SqlError("42846", `cannot cast type ${bareTypeText(from)} to binary varying`);
    return macro("varbyte_of_integer", sql, String(width));
  }
  return cast(macro("integer_of_varbyte", sql), engineType(to));
}
