import type { Span } from "../../position.ts";
import { SqlError } from "../../sql-error.ts";
import type { Expression } from "../ast/expression.ts";
import { raised } from "../functions/engine-text.ts";
import { isText } from "../type-rules.ts";
import { engineType } from "../type-text.ts";
import type { Block } from "./block.ts";
import { type Bound, bound } from "./bound.ts";
import { coerce } from "./coerce.ts";
import type { RelationColumn } from "./name-space.ts";

/** A value as it is stored in a column. @throws SqlError 42804, 22001, 23502 for what is seen before it runs */
export function assigned(
  value: Bound,
  untyped: boolean,
  column: RelationColumn,
  block: Block,
  span: Span,
): string {
  const mode = untyped && !isText(column.type) ? "explicit" : "assignment";
  const stored = named(column, () => coerce(value, column.type, mode, block, span));
  return notNull(stored, column, span);
}

function named<T>(column: RelationColumn, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof SqlError) || error.sqlState !== "42804") throw error;
    const message = error.message.replace(/^column is/, `column "${column.name}" is`);
    const { position, hint, detail } = error;
    throw new SqlError("42804", message, { position, hint, detail, cause: error });
  }
}

function notNull(value: Bound, column: RelationColumn, span: Span): string {
  if (column.nullable) return value.sql;
  const message = `Cannot insert a NULL value into column ${column.name}`;
  if (value.constant === null) throw new SqlError("23502", message, { position: span.start });
  if (value.constant !== undefined) return value.sql;
  return `coalesce(${value.sql}, CAST(${raised("23502", message)} AS ${engineType(column.type)}))`;
}

/** What INSERT puts where it has no value, and what DEFAULT stands for. */
export function defaultText(column: RelationColumn, block: Block, span: Span): string {
  if (column.identity !== undefined) return `CAST(${column.identity.nextSql} AS ${engineType(column.type)})`;
  if (column.default === undefined) {
    return assigned(bound({ name: "unknown" }, "NULL", { constant: null }), true, column, block, span);
  }
  const value = block.expression(column.default);
  return assigned(value, value.type.name === "unknown", column, block, span);
}

/** A written value, or DEFAULT. */
export function valueText(expression: Expression, column: RelationColumn, block: Block): string {
  if (expression.kind === "default") return defaultText(column, block, expression.span);
  const value = block.expression(expression);
  return assigned(value, value.type.name === "unknown", column, block, expression.span);
}
