import { SqlError } from "../../sql-error.ts";
import type { Expression } from "../ast/expression.ts";
import type { Query, Select } from "../ast/query.ts";
import { Block, type BoundQuery, type Frame, notSupported, type QueryColumn } from "./block.ts";
import { bound } from "./bound.ts";
import { coerceCondition, settled } from "./coerce.ts";
import { comparable, isPlainlyComparable } from "./comparison.ts";
import { bindConnectBy } from "./connect-by.ts";
import { bindFromParts } from "./from.ts";
import { bindGroupBy, type Grouping } from "./group-by.ts";
import { limitText } from "./limit.ts";
import { bindOrderBy, type Output } from "./order-by.ts";
import { hasOuterMarks, joinMarked, type MarkedFrom } from "./outer-mark.ts";
import { noteScanPredicates } from "./scan-predicates.ts";
import { bindItem, type Item, LateralAliases, spreadItems } from "./select-items.ts";

/** What of a query stands behind its SELECT. */
type Tail = Pick<Query, "orderBy" | "limit" | "offset" | "siblings">;

/** SELECT with the ORDER BY and LIMIT that belong to it. */
export function bindSelect(select: Select, tail: Tail, frame: Frame): BoundQuery {
  if (select.distinctOn.length > 0) throw notSupported("SELECT DISTINCT ON", select.span);
  const block = new Block(frame);
  const source = bindSource(select, block);
  let from = source.sql;
  const items = spreadItems(select, block);
  const aliases = new LateralAliases(items, block);
  block.fallback = (name) => aliases.find(name);
  const siblings: string[] = [];
  if (select.connectBy !== undefined) {
    const hierarchy = bindConnectBy(select.connectBy, tail.siblings ? tail.orderBy : [], from, block);
    from = hierarchy.sql;
    siblings.push(...hierarchy.order);
  } else if (tail.siblings) {
    throw new SqlError("42601", "ORDER SIBLINGS BY is only allowed with CONNECT BY", {
      position: select.span.start,
    });
  }
  const where = bindWhere(source.where, block);
  const grouping = bindGroupBy(select, items, block);
  block.groupKeys = grouping.keys;
  block.uses = [];
  const parts = { select, tail, block, items, aliases, grouping, from, where, siblings };
  return assembled(parts, bindOutputs(parts));
}

/** FROM, and what is left of WHERE when the conditions that mark columns with `(+)` have become joins. */
function bindSource({ from, where }: Select, block: Block): MarkedFrom {
  const parts = bindFromParts(from, block);
  if (hasOuterMarks(where)) return joinMarked(where, from, parts, block);
  return { sql: parts.map((part) => part.sql).join(", "), where };
}

function bindWhere(where: Expression | undefined, block: Block): string {
  if (where === undefined) return "";
  const sql = block.within("WHERE", () => {
    block.filtering = true;
    const condition = coerceCondition(block.expression(where), "WHERE", block, where.span);
    block.filtering = false;
    noteScanPredicates(where, block);
    return condition.sql;
  });
  return ` WHERE ${sql}`;
}

interface Parts {
  readonly select: Select;
  readonly tail: Tail;
  readonly block: Block;
  readonly items: readonly Item[];
  readonly aliases: LateralAliases;
  readonly grouping: Grouping;
  readonly from: string;
  readonly where: string;
  readonly siblings: readonly string[];
}

interface Outputs {
  readonly columns: readonly (Output & { readonly untyped: boolean })[];
  readonly having: string;
  readonly qualify: string;
}

function bindOutputs({ select, block, items, aliases, grouping }: Parts): Outputs {
  const columns = block.within("SELECT", () =>
    items.map((item, index) => {
      aliases.limit = index;
      const value = bindItem(item, block);
      return { name: item.name, value: settled(value, block), untyped: value.type.name === "unknown" };
    }),
  );
  aliases.limit = items.length;
  const { having, qualify } = select;
  const havingText =
    having === undefined
      ? ""
      : ` HAVING ${block.within("HAVING", () => coerceCondition(block.expression(having), "HAVING", block, having.span)).sql}`;
  const qualifyText =
    qualify === undefined
      ? ""
      : ` QUALIFY ${block.within("QUALIFY", () => coerceCondition(block.expression(qualify), "QUALIFY", block, qualify.span)).sql}`;
  if (qualify !== undefined && !block.hasWindows) {
    throw new SqlError(
      "42601",
      "QUALIFY requires a window function in the SELECT list or the QUALIFY condition",
      {
        position: qualify.span.start,
      },
    );
  }
  block.aggregated ||= grouping.sql !== undefined || having !== undefined;
  return { columns, having: havingText, qualify: qualifyText };
}

function assembled(parts: Parts, outputs: Outputs): BoundQuery {
  const { select, tail, block, grouping, from, where, siblings } = parts;
  const { columns } = outputs;
  const asSample = select.distinct && !columns.every(({ value }) => isPlainlyComparable(value, block));
  const shown = asSample ? columns.map((column, index) => renamed(column, index)) : columns;
  const order = block.within("ORDER BY", () =>
    tail.siblings
      ? siblings.join(", ")
      : bindOrderBy(tail.orderBy, orderable(parts, shown, columns), select.distinct, block),
  );
  checkGroups(block);
  const list = columns.map(({ value }, index) => `${value.sql} AS c${index + 1}`).join(", ");
  const distinct = select.distinct && !asSample ? "DISTINCT " : "";
  const groups = grouping.sql === undefined ? "" : ` GROUP BY ${grouping.sql}`;
  const source = from === "" ? "" : ` FROM ${from}`;
  let sql = `SELECT ${distinct}${list}${source}${where}${groups}${outputs.having}${outputs.qualify}`;
  if (asSample) sql = distinctSample(sql, shown, block);
  const orderText = order === "" ? "" : ` ORDER BY ${order}`;
  const limit = limitText(select.top ?? tail.limit, tail.offset, block);
  return {
    sql: `${sql}${orderText}${limit}`,
    columns: columns.map(queryColumn),
    correlated: block.correlated,
    hasWindows: block.hasWindows,
    isGrouped: block.aggregated,
  };
}

function orderable(_parts: Parts, shown: readonly Output[], columns: readonly Output[]): readonly Output[] {
  return shown === columns
    ? columns
    : shown.map((output, index) => ({ ...output, name: columns[index]?.name ?? "" }));
}

/** Of a query around one whose texts differ in trailing blanks only: one row of those that are the same. */
const sampleAlias = "sample";

function renamed(output: Output, index: number): Output {
  const { value } = output;
  return {
    ...output,
    value: bound(value.type, `${sampleAlias}.c${index + 1}`, { blankFree: value.blankFree }),
  };
}

function distinctSample(sql: string, columns: readonly Output[], block: Block): string {
  const keys = columns.map(({ value }) => comparable(value, block)).join(", ");
  const list = columns.map(({ value }) => value.sql).join(", ");
  return `SELECT DISTINCT ON (${keys}) ${list} FROM (${sql}) AS ${sampleAlias}`;
}

/** @throws SqlError 42803 */
function checkGroups(block: Block): void {
  const use = block.uses[0];
  if (!block.aggregated || use === undefined) return;
  const alias = use.column.entry?.alias;
  const name = alias === undefined ? use.column.name : `${alias}.${use.column.name}`;
  throw new SqlError(
    "42803",
    `column "${name}" must appear in the GROUP BY clause or be used in an aggregate function`,
    {
      position: use.span.start,
    },
  );
}

function queryColumn({ name, value, untyped }: Outputs["columns"][number]): QueryColumn {
  const origin = value.column?.origin;
  return {
    name,
    type: value.type,
    origin: origin === undefined ? undefined : { relation: origin.use.relation, column: origin.column },
    blankFree: value.blankFree,
    untyped,
  };
}
