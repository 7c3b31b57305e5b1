import type { Delete, Insert, Merge, Update } from "../ast/dml.ts";
import type { Expression } from "../ast/expression.ts";
import type { Query } from "../ast/query.ts";
import type { SqlType } from "../types.ts";
import { type Binders, Block, type Frame } from "./block.ts";
import { settled } from "./coerce.ts";
import { bindDelete } from "./delete.ts";
import { bindExpression as bindInner } from "./expression.ts";
import { bindFromItem } from "./from.ts";
import { bindInsert } from "./insert.ts";
import { bindMerge } from "./merge.ts";
import type { BoundColumn, BoundStatement, NameSpace, Relation, ScanRequest } from "./name-space.ts";
import { bindQuery } from "./query.ts";
import { type BindOptions, StatementState } from "./statement-state.ts";
import { bindUpdate } from "./update.ts";

export type { BindOptions } from "./statement-state.ts";

const binders: Binders = Object.freeze({
  expression: bindInner,
  query: (query: Query, frame: Frame) => bindQuery(query, frame),
  fromItem: bindFromItem,
});

function frameFor(space: NameSpace, options: BindOptions): Frame {
  return {
    state: new StatementState(options),
    binders,
    place: { space, asUser: undefined },
    parent: undefined,
    commonTables: new Map(),
  };
}

/** A change of data as engine SQL, with the relation that it changes. */
interface BoundChange {
  readonly sql: string;
  readonly target: Relation;
}

/**
 * Finds what a query or a change of data means, and prints it for the engine.
 * @throws SqlError with the position in the statement's text
 */
export function bindStatement(
  ast: Query | Insert | Update | Delete | Merge,
  space: NameSpace,
  options: BindOptions,
): BoundStatement {
  const frame = frameFor(space, options);
  if (ast.kind === "query") {
    const query = bindQuery(ast, frame);
    // Rows go out while others are still computed: an overflow then comes too late to compute them anew.
    const streams = !query.isGrouped && ast.orderBy.length === 0;
    if (frame.state.narrowDecimals && streams) return bindStatement(ast, space, { ...options, wide: true });
    const columns = query.columns.map(({ name, type, origin }) => ({ name, type, origin }));
    return finished("query", query.sql, columns, undefined, frame.state);
  }
  const change = bindChange(ast, frame);
  return finished(ast.kind, change.sql, [], change.target, frame.state);
}

function bindChange(ast: Insert | Update | Delete | Merge, frame: Frame): BoundChange {
  switch (ast.kind) {
    case "insert":
      return bindInsert(ast, frame);
    case "update":
      return bindUpdate(ast, frame);
    case "delete":
      return bindDelete(ast, frame);
    case "merge":
      return bindMerge(ast, frame);
  }
}

function finished(
  kind: BoundStatement["kind"],
  text: string,
  columns: readonly BoundColumn[],
  target: Relation | undefined,
  state: StatementState,
): BoundStatement {
  const scans = state.finishedScans();
  return {
    kind,
    columns,
    parameterTypes: state.finishedParameterTypes(),
    scans,
    uses: state.finishedUses(),
    userFunctions: [...state.userFunctions],
    target,
    narrowDecimals: state.narrowDecimals,
    reusable: state.reusable && scans.length === 0,
    sql: (scanSql) => withScans(text, scans, scanSql),
  };
}

/** Puts the scans' own SQL where NULs hold their places. */
function withScans(
  text: string,
  scans: readonly ScanRequest[],
  scanSql: (scan: ScanRequest) => string,
): string {
  if (scans.length === 0) return text;
  return text
    .split("\0")
    .map((part, index) => (index % 2 === 0 ? part : placed(part, scans, scanSql)))
    .join("");
}

function placed(id: string, scans: readonly ScanRequest[], scanSql: (scan: ScanRequest) => string): string {
  const scan = scans[Number(id) - 1];
  if (scan === undefined) throw new Error(`no scan ${id}`);
  return scanSql(scan);
}

/** An expression without columns, for defaults: as engine SQL, of its own type or of `type` (assigned). */
export function bindExpression(
  expression: Expression,
  space: NameSpace,
  options: BindOptions,
): { readonly type: SqlType; readonly sql: string } {
  const block = new Block(frameFor(space, options));
  block.clause = "DEFAULT";
  const value = settled(block.expression(expression), block);
  return { type: value.type, sql: value.sql };
}
