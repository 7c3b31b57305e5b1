import { SqlError } from "../../sql-error.ts";
import type { Expression } from "../ast/expression.ts";
import { quoteName } from "../print/quote.ts";
import { Block } from "./block.ts";
import { type Bound, hasAggregate, hasParameter, hasSubquery, hasWindow, isVolatile } from "./bound.ts";
import { coerceCondition } from "./coerce.ts";
import { conjuncts } from "./contains.ts";
import { Scope, type ScopeColumn, type ScopeEntry } from "./scope.ts";

const notPushed = hasAggregate | hasWindow | hasSubquery | hasParameter | isVolatile;

/**
 * Tells the scans of this query which conditions of WHERE their rows are held to: those over columns of one scan
 * alone. A scan on the side of an outer join that may be missing is left alone: `x is null` means no row there.
 */
export function noteScanPredicates(where: Expression, block: Block): void {
  if (!block.scope.entries.some(isOpenScan)) return;
  for (const condition of conjuncts(where)) {
    const mark = block.uses.length;
    const value = block.expression(condition);
    const used = block.uses.splice(mark);
    const entries = new Set(used.map(({ column }) => column.entry));
    const [entry] = entries;
    if (entries.size !== 1 || entry === undefined || !isOpenScan(entry) || (value.traits & notPushed) !== 0)
      continue;
    const { state } = block;
    const scan = state.scans.find((one) => one.use === entry.use);
    const plain = inScan(condition, entry, block);
    if (plain === undefined) continue;
    const columns = [...new Set(used.map(({ column }) => column.origin?.column.name ?? column.name))];
    scan?.predicates.push({ sql: plain.sql, columns });
  }
}

function isOpenScan(entry: ScopeEntry): boolean {
  return entry.use?.relation.source.kind === "scan" && !entry.use.mayBeMissing;
}

/**
 * The same condition where the scan's columns stand with their engine names alone; undefined for one that names
 * something else too.
 */
function inScan(condition: Expression, entry: ScopeEntry, block: Block): Bound | undefined {
  const inner = new Block({ ...block.inner(), parent: undefined });
  inner.clause = "WHERE";
  const columns: ScopeColumn[] = [];
  const own: ScopeEntry = { ...entry, columns };
  for (const column of entry.columns) {
    const name = column.origin?.column.engineName ?? column.name;
    columns.push({ ...column, sql: quoteName(name), entry: own });
  }
  inner.scope = new Scope([own], columns);
  try {
    return coerceCondition(inner.expression(condition), "WHERE", inner, condition.span);
  } catch (error) {
    // An alias of the select list, or a name of the query around this one.
    if (error instanceof SqlError && ["42703", "42P01"].includes(error.sqlState)) return undefined;
    throw error;
  }
}
