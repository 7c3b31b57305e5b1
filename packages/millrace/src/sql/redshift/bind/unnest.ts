import { SqlError } from "../../sql-error.ts";
import type { Expression } from "../ast/expression.ts";
import type { Identifier } from "../ast/name.ts";
import type { ObjectUnpivot, PathItem, TableItem } from "../ast/query.ts";
import type { SqlType } from "../types.ts";
import { type Block, type FromPart, notSupported } from "./block.ts";
import { bigintType, superType, varcharType } from "./bound.ts";
import { entryColumn, Scope, type ScopeColumn, type ScopeEntry } from "./scope.ts";

/** The name as a path into SUPER, where its first part means something that stands before it in FROM. */
export function pathOf(item: TableItem, block: Block): Expression | undefined {
  const { parts, span } = item.name;
  const [first, second] = parts;
  if (first === undefined) return undefined;
  if (second === undefined) {
    // A bare name is a table, unless there is a column of SUPER of that name and AT asks for an array.
    const column = item.at === undefined ? undefined : block.scope.column(first);
    return column?.type.name === "super" ? { kind: "reference", parts, span } : undefined;
  }
  const entry = block.scope.entry([first]);
  const column = entry === undefined ? undefined : (entryColumn(entry, second) ?? ownValue(entry, first));
  return column === undefined ? undefined : { kind: "reference", parts, span };
}

/** `o` in `c.orders as o` is a value and a table of one column at once. */
function ownValue(entry: ScopeEntry, name: Identifier): ScopeColumn | undefined {
  const column = entryColumn(entry, name);
  return column?.type.name === "super" ? column : undefined;
}

/** `c.orders as o at i`: a row for each element of an array; other values have none. */
export function bindPathItem(item: TableItem | PathItem, path: Expression, block: Block): FromPart {
  const value = block.expression(path);
  if (value.type.name !== "super") {
    throw new SqlError("42809", "only values of type super can be unnested", { position: item.span.start });
  }
  if (item.columns.length > 0) throw notSupported("a list of columns behind an unnested array", item.span);
  const alias = item.alias ?? lastName(path);
  const engineAlias = block.state.nextAlias();
  const elements = `CASE WHEN json_type(${value.sql}) = 'ARRAY' THEN CAST(${value.sql} AS JSON[]) END`;
  const indexed = item.at !== undefined;
  const sql = indexed
    ? `LATERAL (SELECT e AS c1, n - 1 AS c2 FROM unnest(${elements}) WITH ORDINALITY AS u(e, n)) AS ${engineAlias}`
    : `LATERAL (SELECT unnest(${elements}) AS c1) AS ${engineAlias}`;
  const names: [Identifier | undefined, SqlType][] = [[alias, superType]];
  if (indexed) names.push([item.at, bigintType]);
  return { sql, scope: valueScope(names, engineAlias, item.span.start) };
}

function lastName(path: Expression): Identifier | undefined {
  if (path.kind === "reference") return path.parts.at(-1);
  return path.kind === "field" ? path.name : undefined;
}

/** `UNPIVOT e.s AS val AT attr`: a row for each attribute of an object. */
export function bindObjectUnpivot(item: ObjectUnpivot, block: Block): FromPart {
  const value = block.expression(item.expression);
  if (value.type.name !== "super") {
    throw new SqlError("42809", "UNPIVOT over an object requires a value of type super", {
      position: item.span.start,
    });
  }
  const engineAlias = block.state.nextAlias();
  const object = `CASE WHEN json_type(${value.sql}) = 'OBJECT' THEN ${value.sql} END`;
  const sql = `LATERAL (SELECT value AS c1, key AS c2 FROM json_each(${object})) AS ${engineAlias}`;
  const names: [Identifier | undefined, SqlType][] = [[item.value, superType]];
  if (item.attribute !== undefined) names.push([item.attribute, varcharType]);
  return { sql, scope: valueScope(names, engineAlias, item.span.start) };
}

/** Each name is a column, and the first is the alias that paths begin with. */
function valueScope(
  names: readonly [Identifier | undefined, SqlType][],
  engineAlias: string,
  start: number,
): Scope {
  const columns: ScopeColumn[] = [];
  const entry: ScopeEntry = {
    alias: names[0]?.[0]?.name,
    schema: undefined,
    database: undefined,
    engineAlias,
    columns,
    use: undefined,
    start,
  };
  for (const [index, [name, type]] of names.entries()) {
    columns.push({
      name: name?.name ?? "?column?",
      type,
      sql: `${engineAlias}.c${index + 1}`,
      blankFree: false,
      entry,
      origin: undefined,
    });
  }
  return new Scope([entry], columns);
}
