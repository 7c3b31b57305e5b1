import type { Span } from "../../position.ts";
import { SqlError } from "../../sql-error.ts";
import { type CastMode, castTo } from "../functions/function-table.ts";
import { bareTypeText, engineType } from "../type-text.ts";
import type { SqlType } from "../types.ts";
import type { Block } from "./block.ts";
import { type Bound, booleanType, bound, varcharType } from "./bound.ts";

/**
 * The value as one of the type; a literal or parameter without a type becomes one of it.
 * @throws SqlError 42804, 42846, or what a literal that is none of the type gives
 */
export function coerce(value: Bound, type: SqlType, mode: CastMode, block: Block, span?: Span): Bound {
  if (value.parameter !== undefined && value.type.name === "unknown") {
    return parameterAs(value, value.parameter, type, mode, block, span);
  }
  if (mode !== "explicit" && sameType(value.type, type)) return value;
  const sql = catalogCast(value, type, block) ?? at(span, () => castTo(value, type, mode));
  const keepsBlanks = value.blankFree && type.name === "character varying";
  return bound(type, sql, {
    // A literal stays one: what it is compared with may still ask for its text.
    constant: keepsConstant(value, type) ? value.constant : undefined,
    traits: value.traits,
    ...(keepsBlanks ? { blankFree: true } : {}),
  });
}

const numbers: readonly string[] = ["oid", "integer", "bigint"];
const references: readonly string[] = ["regclass", "regproc", "regtype"];

/** Names of the catalog are numbers in it: which, the session's catalog knows. */
function catalogCast(value: Bound, type: SqlType, block: Block): string | undefined {
  const { session } = block.state.options;
  let sql: string | undefined;
  if (references.includes(value.type.name) && numbers.includes(type.name)) {
    sql = session.call?.(`${value.type.name}_oid`, [value.sql]);
    if (sql !== undefined) sql = `CAST(${sql} AS ${engineType(type)})`;
  } else if (references.includes(type.name) && numbers.includes(value.type.name)) {
    sql = session.call?.(`${type.name}_name`, [value.sql]);
  }
  if (sql !== undefined) block.state.reusable = false;
  return sql;
}

function keepsConstant(value: Bound, type: SqlType): boolean {
  if (value.constant === null) return true;
  if (value.constant === undefined) return false;
  const isText = type.name === "character varying" || type.name === "text";
  return isText && (type.length === undefined || Buffer.byteLength(value.constant) <= type.length);
}

/** Parameters come as texts; the cast stands in the statement. */
function parameterAs(
  value: Bound,
  index: number,
  type: SqlType,
  mode: CastMode,
  block: Block,
  span: Span | undefined,
): Bound {
  const known =
    block.state.parameterType(index) ?? (type.name === "unknown" ? varcharType : withoutLength(type));
  block.state.noteParameter(index, known);
  const text = { sql: `CAST($${index} AS VARCHAR)`, type: varcharType };
  const cast = at(span, () => castTo(text, known, "explicit"));
  const typed = bound(known, known.name === "varbyte" ? bytesOf(text.sql, cast) : cast, {
    traits: value.traits,
  });
  return sameType(known, type) ? typed : coerce(typed, type, mode, block, span);
}

/** Bytes that a driver binds come as `\x00ff`, PostgreSQL's form of them; all else is a text, whose bytes are meant. */
function bytesOf(text: string, cast: string): string {
  return `(CASE WHEN starts_with(${text}, '\\x') THEN from_hex(substr(${text}, 3)) ELSE ${cast} END)`;
}

/** A parameter for `varchar(3)` is a varchar: a value that is too long must be seen to be. */
function withoutLength(type: SqlType): SqlType {
  const { name } = type;
  return name === "character varying" || name === "character" || name === "varbyte" ? { name } : type;
}

export function sameType(left: SqlType, right: SqlType): boolean {
  return (
    left === right ||
    (left.name === right.name &&
      left.length === right.length &&
      left.precision === right.precision &&
      left.scale === right.scale &&
      left.element?.name === right.element?.name)
  );
}

/** AWS's table of implicit conversions has whole numbers to boolean; tools write `where 1 and ...`. */
const castsToCondition: ReadonlySet<string> = new Set(["unknown", "super", "smallint", "integer", "bigint"]);

/** A condition. @throws SqlError 42804 */
export function coerceCondition(value: Bound, what: string, block: Block, span: Span): Bound {
  if (value.type.name === "boolean") return value;
  if (castsToCondition.has(value.type.name)) return coerce(value, booleanType, "explicit", block, span);
  throw new SqlError(
    "42804",
    `argument of ${what} must be type boolean, not type ${bareTypeText(value.type)}`,
    { position: span.start },
  );
}

/** A literal without a type, where nothing around it says more, is a text. */
export function settled(value: Bound, block: Block, span?: Span): Bound {
  if (value.type.name !== "unknown") return value;
  if (value.constant === null) return bound(varcharType, "CAST(NULL AS VARCHAR)", { constant: null });
  const length = value.constant === undefined ? undefined : Math.max(1, Buffer.byteLength(value.constant));
  return coerce(
    value,
    length === undefined ? varcharType : { name: "character varying", length },
    "implicit",
    block,
    span,
  );
}

/** Runs what knows no place in the statement's text, and gives its errors this one. */
export function at<T>(span: Span | undefined, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof SqlError) || error.position !== undefined || span === undefined) throw error;
    const { detail, hint } = error;
    throw new SqlError(error.sqlState, error.message, { position: span.start, detail, hint, cause: error });
  }
}
