import { SqlError } from "../../sql-error.ts";
import type { QueryBody, SetOperation } from "../ast/query.ts";
import { commonType } from "../functions/function-table.ts";
import { bareTypeText } from "../type-text.ts";
import type { SqlType } from "../types.ts";
import { Block, type BoundQuery, type Frame, notSupported, type QueryColumn } from "./block.ts";
import { bound, unknownType, varcharType } from "./bound.ts";
import { coerce, sameType } from "./coerce.ts";
import { comparable, isPlainlyComparable } from "./comparison.ts";

type BindBody = (body: QueryBody, frame: Frame) => BoundQuery;

/** UNION, INTERSECT and EXCEPT: columns by position, each of the type that both sides have in common. */
export function bindSetOperation(operation: SetOperation, frame: Frame, bindBody: BindBody): BoundQuery {
  const { operator, all, span } = operation;
  if (all && operator !== "union") throw notSupported(`${operator.toUpperCase()} ALL`, span);
  const branches = unionBranches(operation).map((body) => frame.state.nested(() => bindBody(body, frame)));
  const [first] = branches;
  if (first === undefined) throw new Error("a set operation of nothing");
  for (const branch of branches) {
    if (branch.columns.length === first.columns.length) continue;
    throw new SqlError("42601", `each ${operator.toUpperCase()} query must have the same number of columns`, {
      position: span.start,
    });
  }
  const block = new Block(frame);
  const columns = first.columns.map((column, index) => commonColumn(branches, column, index, operation));
  const texts = branches.map((branch) => likened(branch, columns, block));
  const sql =
    operator === "union" && all
      ? texts.join(" UNION ALL ")
      : columns.every((column) => isPlainlyComparable(column, block))
        ? texts.join(` ${operator.toUpperCase()} `)
        : blankInsensitive(operator, texts, columns, block);
  return {
    sql,
    columns,
    correlated: branches.some((branch) => branch.correlated),
    hasWindows: branches.some((branch) => branch.hasWindows),
    isGrouped: branches.some((branch) => branch.isGrouped),
  };
}

/** `a union all b union all c` leans to the left and may be long: its branches as one list. */
function unionBranches(operation: SetOperation): readonly QueryBody[] {
  const branches: QueryBody[] = [operation.right];
  let left: QueryBody = operation.left;
  while (
    left.kind === "set-operation" &&
    left.operator === "union" &&
    operation.operator === "union" &&
    left.all === operation.all
  ) {
    branches.push(left.right);
    left = left.left;
  }
  branches.push(left);
  return branches.reverse();
}

function commonColumn(
  branches: readonly BoundQuery[],
  column: QueryColumn,
  index: number,
  { operator, span }: SetOperation,
): QueryColumn {
  const own = branches.map((branch) => branch.columns[index] ?? column);
  const untyped = own.every((one) => one.untyped);
  const types = own.map((one) => (one.untyped && !untyped ? unknownType : one.type));
  let type: SqlType | undefined = commonType(types);
  if (type === undefined) {
    const other = types.find((_, at) => commonType(types.slice(0, at + 1)) === undefined) ?? column.type;
    throw new SqlError(
      "42804",
      `${operator.toUpperCase()} types ${bareTypeText(types[0] ?? column.type)} and ${bareTypeText(other)} cannot be matched`,
      { position: span.start },
    );
  }
  if (type.name === "unknown") type = varcharType;
  const blankFree = own.every((one) => one.blankFree);
  return { name: column.name, type, origin: undefined, blankFree, untyped };
}

/** A branch whose columns have the common types. */
function likened(branch: BoundQuery, columns: readonly QueryColumn[], block: Block): string {
  const differs = branch.columns.some(
    (column, index) => !sameType(column.type, columns[index]?.type ?? column.type),
  );
  if (!differs) return `(${branch.sql})`;
  const alias = block.state.nextAlias();
  const values = branch.columns.map((column, index) => {
    const type = columns[index]?.type ?? column.type;
    const value = bound(column.type, `${alias}.c${index + 1}`);
    return coerce(value, type, column.untyped ? "explicit" : "implicit", block).sql;
  });
  // Texts of other lengths are the same to the engine.
  if (values.every((value, index) => value === `${alias}.c${index + 1}`)) return `(${branch.sql})`;
  const list = values.map((value, index) => `${value} AS c${index + 1}`);
  return `(SELECT ${list.join(", ")} FROM (${branch.sql}) AS ${alias})`;
}

/** Rows are the same when their texts differ in trailing blanks only; one of them is shown. */
function blankInsensitive(
  operator: SetOperation["operator"],
  texts: readonly string[],
  columns: readonly QueryColumn[],
  block: Block,
): string {
  const keysOf = (alias: string): readonly string[] =>
    columns.map((column, index) =>
      comparable(bound(column.type, `${alias}.c${index + 1}`, { blankFree: column.blankFree }), block),
    );
  const left = block.state.nextAlias();
  const list = columns.map((_, index) => `${left}.c${index + 1} AS c${index + 1}`).join(", ");
  const head = `SELECT DISTINCT ON (${keysOf(left).join(", ")}) ${list} FROM `;
  if (operator === "union") return `${head}(${texts.join(" UNION ALL ")}) AS ${left}`;
  const right = block.state.nextAlias();
  const rightKeys = keysOf(right);
  const same = keysOf(left).map((key, index) => `${key} IS NOT DISTINCT FROM ${rightKeys[index]}`);
  const exists = `EXISTS (SELECT 1 FROM ${texts[1]} AS ${right} WHERE ${same.join(" AND ")})`;
  return `${head}${texts[0]} AS ${left} WHERE ${operator === "except" ? `NOT ${exists}` : exists}`;
}
