import { SqlError } from "../../sql-error.ts";
import type { CommonTable, With } from "../ast/query.ts";
import { type Frame, notSupported, type QueryColumn } from "./block.ts";
import { type BoundCommonTable, bindRecursive } from "./recursive.ts";

export interface BoundWith {
  /** Where the query behind WITH stands: it sees the common tables. */
  readonly frame: Frame;
  /** `WITH w1 AS (...) `, or nothing. */
  readonly sql: string;
}

/** Common tables, each of which sees those before it. */
export function bindWith(clause: With | undefined, outer: Frame): BoundWith {
  if (clause === undefined) return { frame: outer, sql: "" };
  const known = new Map(outer.commonTables);
  const own = new Set<string>();
  const texts: string[] = [];
  let recursive = false;
  for (const item of clause.items) {
    const { name } = item.name;
    if (own.has(name)) {
      throw new SqlError("42712", `WITH query name "${name}" specified more than once`, {
        position: item.name.span.start,
      });
    }
    own.add(name);
    const frame = { ...outer, commonTables: new Map(known) };
    const found =
      (clause.recursive ? bindRecursive(item, frame, commonColumns) : undefined) ?? bindPlain(item, frame);
    recursive ||= found.isRecursive;
    known.set(name, found.binding);
    texts.push(found.sql);
  }
  const frame = { ...outer, commonTables: known };
  return { frame, sql: `WITH ${recursive ? "RECURSIVE " : ""}${texts.join(", ")} ` };
}

function bindPlain(item: CommonTable, frame: Frame): BoundCommonTable {
  const query = frame.binders.query(item.query, frame);
  if (query.correlated)
    throw notSupported("a WITH query that names columns of an outer query", item.name.span);
  const engineName = frame.state.nextAlias("w");
  return {
    binding: { name: item.name.name, engineName, columns: commonColumns(item, query.columns) },
    sql: `${engineName} AS (${query.sql})`,
    isRecursive: false,
  };
}

/** @throws SqlError 42P10 for more names than columns */
function commonColumns(item: CommonTable, columns: readonly QueryColumn[]): readonly QueryColumn[] {
  if (item.columns.length > columns.length) {
    throw new SqlError(
      "42P10",
      `WITH query "${item.name.name}" has ${columns.length} columns available but ${item.columns.length} columns specified`,
      { position: item.name.span.start },
    );
  }
  return columns.map((column, index) => ({
    ...column,
    name: item.columns[index]?.name ?? column.name,
    origin: undefined,
  }));
}
