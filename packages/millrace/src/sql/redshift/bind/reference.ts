import type { Span } from "../../position.ts";
import { SqlError } from "../../sql-error.ts";
import type { Reference } from "../ast/expression.ts";
import type { Identifier } from "../ast/name.ts";
import { type Block, notSupported } from "./block.ts";
import { type Bound, bound } from "./bound.ts";
import { patternError } from "./correlation.ts";
import { entryColumn, type Scope, type ScopeColumn } from "./scope.ts";
import { attributeStep, navigate } from "./super-path.ts";

interface Found {
  readonly column: ScopeColumn;
  /** Names behind the column: a path into SUPER. */
  readonly path: readonly Identifier[];
}

/**
 * A name with dots: a column of this query, else an alias of its select list, else a column of a query around it.
 * @throws SqlError 42703, 42702, 42P01
 */
export function bindReference(reference: Reference, block: Block): Bound {
  const { parts, span } = reference;
  const first = parts[0];
  if (first === undefined) throw new Error("a reference without parts");
  for (let level: Block | undefined = block; level !== undefined; level = level.parent) {
    const found = lookUp(level.scope, parts);
    if (found !== undefined)
      return path(useColumn(found.column, level, block, span), found.path, block, span);
    const meant = level.fallback?.(first.name, span);
    if (meant !== undefined && parts.length === 1) {
      if (level !== block) markCorrelated(block, level);
      return meant;
    }
    if (meant !== undefined && meant.type.name === "super") return path(meant, parts.slice(1), block, span);
  }
  throw notFound(parts, block, span);
}

function path(value: Bound, steps: readonly Identifier[], block: Block, span: Span): Bound {
  if (steps.length === 0) return value;
  if (value.type.name !== "super") {
    throw new SqlError("42703", `column "${steps.at(-1)?.name}" does not exist`, { position: span.start });
  }
  return navigate(
    value,
    steps.map((step) => attributeStep(step, block)),
    span,
  );
}

function lookUp(scope: Scope, parts: readonly Identifier[]): Found | undefined {
  const [first, ...rest] = parts;
  if (first === undefined) return undefined;
  if (rest.length === 0) {
    const column = scope.column(first);
    return column === undefined ? undefined : { column, path: [] };
  }
  for (let count = 1; count < parts.length && count <= 3; count++) {
    const name = parts[count];
    const entry = scope.entry(parts.slice(0, count));
    if (entry === undefined || name === undefined) continue;
    const column = entryColumn(entry, name);
    if (column !== undefined) return { column, path: parts.slice(count + 1) };
  }
  const column = scope.column(first);
  return column?.type.name === "super" ? { column, path: rest } : undefined;
}

/** Notes the use of a column of `level` inside of `block`, and prints it. */
export function useColumn(column: ScopeColumn, level: Block, block: Block, span: Span): Bound {
  noteRead(column);
  let sql = column.sql;
  if (level === block) {
    level.uses.push({ column, span });
  } else {
    // Names of a query that is not the next one around.
    if (block.parent !== level && !block.state.isLeaderOnly()) throw patternError(span);
    markCorrelated(block, level);
    const key = level.groupKeys?.get(column.sql);
    if (key === undefined) level.uses.push({ column, span });
    // An aggregate that shows a grouped text would be one of the inner query there.
    else if (key.shown !== column.sql)
      throw notSupported("a subquery that names a grouped text of the query around it", span);
    else sql = key.shown;
  }
  return bound(column.type, sql, { column, blankFree: column.blankFree });
}

/** For privileges, and for what a scan must give. */
export function noteRead(column: ScopeColumn): void {
  const { origin } = column;
  origin?.use.columns.add(origin.column.currentName ?? origin.column.name);
  for (const merged of column.merged ?? []) noteRead(merged);
}

function markCorrelated(from: Block, to: Block): void {
  for (let block: Block | undefined = from; block !== undefined && block !== to; block = block.parent) {
    block.correlated = true;
  }
}

function notFound(parts: readonly Identifier[], block: Block, span: Span): SqlError {
  const names = parts.map((part) => part.name);
  if (names.length === 1) {
    const tables = block.scope.entries.map((entry) => entry.alias ?? "unnamed_subquery");
    const where = tables.length === 0 ? "" : ` in ${tables.join(", ")}`;
    return new SqlError("42703", `column "${names[0]}" does not exist${where}`, { position: span.start });
  }
  for (let level: Block | undefined = block; level !== undefined; level = level.parent) {
    for (let count = 1; count < parts.length && count <= 3; count++) {
      if (level.scope.entry(parts.slice(0, count)) !== undefined) {
        return new SqlError("42703", `column ${names.join(".")} does not exist`, { position: span.start });
      }
    }
  }
  const table = names.slice(0, -1).join(".");
  return new SqlError("42P01", `missing FROM-clause entry for table "${table}"`, { position: span.start });
}
