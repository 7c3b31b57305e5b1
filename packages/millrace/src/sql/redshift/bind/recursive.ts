import { SqlError } from "../../sql-error.ts";
import type { CommonTable } from "../ast/query.ts";
import { isText } from "../type-rules.ts";
import { Block, type BoundQuery, type CommonTableBinding, type Frame, type QueryColumn } from "./block.ts";
import { bound } from "./bound.ts";
import { coerce, sameType } from "./coerce.ts";

export interface BoundCommonTable {
  readonly binding: CommonTableBinding;
  readonly sql: string;
  readonly isRecursive: boolean;
}

type NameColumns = (item: CommonTable, columns: readonly QueryColumn[]) => readonly QueryColumn[];

/**
 * `anchor UNION ALL recursive`: what the recursive part gives has the anchor's types. Undefined where the query is none
 * of that shape or does not name itself: then it is an ordinary one.
 * @throws SqlError 0A000 for UNION without ALL, 42P19 for groups in the recursive part
 */
export function bindRecursive(
  item: CommonTable,
  frame: Frame,
  nameColumns: NameColumns,
): BoundCommonTable | undefined {
  const { query } = item;
  const { body } = query;
  if (body.kind !== "set-operation" || body.operator !== "union") return undefined;
  const anchor = frame.binders.query(
    { ...query, body: body.left, orderBy: [], limit: undefined, offset: undefined },
    frame,
  );
  const engineName = frame.state.nextAlias("w");
  const columns = nameColumns(item, anchor.columns).map(withoutLength);
  let named = false;
  const self: CommonTableBinding = {
    name: item.name.name,
    engineName,
    columns,
    noteUse: () => (named = true),
  };
  const inner = { ...frame, commonTables: new Map([...frame.commonTables, [self.name, self]]) };
  const recursive = frame.binders.query(
    { ...query, with: undefined, body: body.right, orderBy: [], limit: undefined, offset: undefined },
    inner,
  );
  if (!named) return undefined;
  checkShape(item, anchor, recursive, body.all);
  const right = likened(recursive, columns, frame);
  const names = columns.map((_, index) => `c${index + 1}`).join(", ");
  return {
    binding: { name: self.name, engineName, columns },
    sql: `${engineName}(${names}) AS ((${likened(anchor, columns, frame)}) UNION ALL (${right}))`,
    isRecursive: true,
  };
}

/** A text grows as the recursion goes on. */
function withoutLength(column: QueryColumn): QueryColumn {
  if (!isText(column.type)) return column;
  return { ...column, type: { name: "character varying" }, blankFree: false };
}

function checkShape(item: CommonTable, anchor: BoundQuery, recursive: BoundQuery, all: boolean): void {
  const position = item.name.span.start;
  const { query } = item;
  if (!all) {
    throw new SqlError("0A000", "UNION without ALL is not supported in a recursive common table expression", {
      position,
    });
  }
  if (query.orderBy.length > 0 || query.limit !== undefined || query.offset !== undefined) {
    throw new SqlError(
      "0A000",
      "ORDER BY and LIMIT are not supported in a recursive common table expression",
      {
        position,
      },
    );
  }
  if (recursive.isGrouped) {
    throw new SqlError("42P19", "aggregate functions not allowed in a recursive query's recursive term", {
      position,
    });
  }
  if (anchor.columns.length !== recursive.columns.length) {
    throw new SqlError("42601", "each UNION query must have the same number of columns", { position });
  }
}

function likened(query: BoundQuery, columns: readonly QueryColumn[], frame: Frame): string {
  if (query.columns.every((column, index) => sameType(column.type, columns[index]?.type ?? column.type))) {
    return query.sql;
  }
  const block = new Block(frame);
  const alias = frame.state.nextAlias();
  const list = query.columns.map((column, index) => {
    const value = bound(column.type, `${alias}.c${index + 1}`);
    const type = columns[index]?.type ?? column.type;
    return `${coerce(value, type, column.untyped ? "explicit" : "assignment", block).sql} AS c${index + 1}`;
  });
  return `SELECT ${list.join(", ")} FROM (${query.sql}) AS ${alias}`;
}
