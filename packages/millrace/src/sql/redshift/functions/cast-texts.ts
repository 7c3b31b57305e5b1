import { isBlankTrimmed } from "../type-rules.ts";
import { engineType } from "../type-text.ts";
import type { SqlType } from "../types.ts";
import type { CastMode, CastOperand } from "./cast-operand.ts";
import { cast, macro, script } from "./engine-text.ts";

const unlimited: ReadonlySet<string> = new Set(["text", "name", "regclass", "regproc", "regtype", "aclitem"]);

/**
 * Any value as a text. Written casts cut what is longer than the type, in bytes but between characters; stored
 * values must fit, but for trailing blanks. A character(n) is kept without its padding.
 */
export function toText(operand: CastOperand, to: SqlType, mode: CastMode): string {
  const { type: from } = operand;
  const text = textOf(operand);
  const trims = isBlankTrimmed(to) && !isBlankTrimmed(from);
  const length = to.name === "character" ? (to.length ?? 1) : to.length;
  if (length === undefined || unlimited.has(to.name) || mode === "implicit") {
    return trims && to.name === "character" ? `rtrim(${text}, ' ')` : text;
  }
  if (isTextOfLength(from, length)) return trims ? `rtrim(${text}, ' ')` : text;
  const fitted = macro(mode === "explicit" ? "cut_text" : "fit_text", text, String(length), `'${to.name}'`);
  return trims ? `rtrim(${fitted}, ' ')` : fitted;
}

function isTextOfLength(from: SqlType, length: number): boolean {
  if (from.name !== "character" && from.name !== "character varying") return false;
  return from.length !== undefined && from.length <= length;
}

function textOf({ sql, type }: CastOperand): string {
  switch (type.name) {
    case "real":
      return script("real_text", cast(sql, "DOUBLE"));
    case "double precision":
      return script("double_text", sql);
    case "varbyte":
      return macro("varbyte_text", sql);
    case "interval":
    case "interval year to month":
    case "interval day to second":
      return script(
        "interval_text",
        `datepart('year', ${sql}) * 12 + datepart('month', ${sql})`,
        `datepart('day', ${sql})`,
        `datepart('hour', ${sql}) * 3600000000 + datepart('minute', ${sql}) * 60000000 + datepart('microsecond', ${sql})`,
      );
    default:
      return engineType(type) === "VARCHAR" ? sql : cast(sql, "VARCHAR");
  }
}

/** A text as a value of another type; what is no text of that type is an error 22P02 or 22007. */
export function fromText({ sql }: CastOperand, to: SqlType): string {
  switch (to.name) {
    case "smallint":
    case "integer":
    case "bigint":
    case "oid":
    case "xid":
      return cast(macro("integer_text", sql, `'${to.name}'`), engineType(to));
    case "numeric":
      return cast(macro("numeric_text", sql), engineType(to));
    case "real":
    case "double precision":
      return cast(macro("float_text", sql, `'${to.name}'`), engineType(to));
    case "boolean":
      return macro("boolean_of_text", sql);
    case "date":
      return macro("date_of_text", sql);
    case "timestamp":
      return macro("timestamp_of_text", sql);
    case "timestamptz":
      return macro("timestamptz_of_text", sql);
    case "time":
    case "timetz":
      return cast(macro("time_text", sql, `'${to.name}'`), engineType(to));
    case "varbyte":
      return to.length === undefined
        ? `encode(${sql})`
        : macro("varbyte_cut", `encode(${sql})`, String(to.length));
    case "interval":
    case "interval year to month":
    case "interval day to second":
      return macro("interval_of_text", sql, `'${to.name}'`);
    default:
      return cast(sql, engineType(to));
  }
}
