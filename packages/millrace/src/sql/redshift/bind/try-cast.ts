import type { Span } from "../../position.ts";
import { SqlError } from "../../sql-error.ts";
import { castTo } from "../functions/function-table.ts";
import { isText } from "../type-rules.ts";
import { engineType } from "../type-text.ts";
import type { SqlType } from "../types.ts";
import { type Block, notSupported } from "./block.ts";
import { type Bound, bound, varcharType } from "./bound.ts";
import { coerce } from "./coerce.ts";

const wholeNumbers: readonly string[] = ["smallint", "integer", "bigint"];
const wholePattern = "\\s*[+-]?[0-9]+\\s*";
const decimalPattern = "\\s*[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?\\s*";

/** TRY_CAST: NULL where the cast would fail. A cast that does not exist is refused nevertheless. */
export function bindTryCast(value: Bound, type: SqlType, block: Block, span: Span): Bound {
  const source = value.parameter === undefined ? value : coerce(value, varcharType, "implicit", block);
  const failed = (): Bound =>
    bound(type, castTo({ sql: "NULL", type, constant: null }, type, "explicit"), { constant: null });
  let sql: string;
  try {
    sql = castTo(source, type, "explicit");
  } catch (error) {
    if (error instanceof SqlError && error.sqlState.startsWith("22")) return failed();
    throw error;
  }
  if (source.constant !== undefined && source.type.name === "unknown") return bound(type, sql);
  const { traits } = value;
  if (isText(source.type) && (wholeNumbers.includes(type.name) || type.name === "numeric")) {
    const pattern = type.name === "numeric" ? decimalPattern : wholePattern;
    const number = `TRY_CAST(trim(${source.sql}) AS ${engineType(type)})`;
    return bound(type, `CASE WHEN regexp_full_match(${source.sql}, '${pattern}') THEN ${number} END`, {
      traits,
    });
  }
  // Casts through our own functions raise their errors as volatile calls, which the engine does not try.
  if (sql.includes("millrace_")) throw notSupported("TRY_CAST between these types", span);
  return bound(type, `TRY(${sql})`, { traits });
}
