import { SqlError } from "../../sql-error.ts";
import type { NestedQuery, Query, QueryBody } from "../ast/query.ts";
import { Block, type BoundQuery, type Frame, notSupported, type QueryColumn } from "./block.ts";
import { bound } from "./bound.ts";
import { comparable, isPlainlyComparable } from "./comparison.ts";
import { limitText } from "./limit.ts";
import { type Output, outputIndex } from "./order-by.ts";
import { bindSelect } from "./select.ts";
import { bindSetOperation } from "./set-operation.ts";
import { direction } from "./sort.ts";
import { bindValues } from "./values.ts";
import { bindWith } from "./with.ts";

/** A query with its WITH, ORDER BY and LIMIT. */
export function bindQuery(query: Query, outer: Frame): BoundQuery {
  return outer.state.nested(() => {
    if (query.forUpdate) throw notSupported("SELECT FOR UPDATE", query.span);
    const { frame, sql: prefix } = bindWith(query.with, outer);
    const inner =
      query.body.kind === "select" ? bindSelect(query.body, query, frame) : bindOther(query, frame);
    return prefix === "" ? inner : { ...inner, sql: `${prefix}${inner.sql}` };
  });
}

/** Not a SELECT: it is sorted by its columns only. */
function bindOther(query: Query, frame: Frame): BoundQuery {
  const inner = bindBody(query.body, frame);
  if (query.orderBy.length === 0 && query.limit === undefined && query.offset === undefined) return inner;
  const block = new Block(frame);
  const alias = frame.state.nextAlias();
  const outputs = inner.columns.map((column, index) => output(column, index, alias));
  const order = query.orderBy.map((item) => {
    const index = outputIndex(item.expression, outputs);
    const value = index === undefined ? undefined : outputs[index]?.value;
    if (value === undefined || index === undefined) {
      throw new SqlError(
        "0A000",
        "ORDER BY on a UNION/INTERSECT/EXCEPT result must be on one of the result columns",
        {
          position: item.expression.span.start,
        },
      );
    }
    const text = isPlainlyComparable(value, block) ? String(index + 1) : comparable(value, block);
    return `${text} ${direction(item)}`;
  });
  const list = outputs.map(({ value }, index) => `${value.sql} AS c${index + 1}`).join(", ");
  const sorted = order.length === 0 ? "" : ` ORDER BY ${order.join(", ")}`;
  const limit = limitText(query.limit, query.offset, block);
  return { ...inner, sql: `SELECT ${list} FROM (${inner.sql}) AS ${alias}${sorted}${limit}` };
}

function output(column: QueryColumn, index: number, alias: string): Output {
  return {
    name: column.name,
    value: bound(column.type, `${alias}.c${index + 1}`, { blankFree: column.blankFree }),
  };
}

function bindBody(body: QueryBody, frame: Frame): BoundQuery {
  switch (body.kind) {
    case "select":
      return bindSelect(body, { orderBy: [], limit: undefined, offset: undefined, siblings: false }, frame);
    case "set-operation":
      return bindSetOperation(body, frame, bindBody);
    case "values":
      return bindValues(body, frame);
    case "nested":
      return bindNested(body, frame);
  }
}

/** In brackets only where it must be: an ORDER BY of its own. */
function bindNested({ query }: NestedQuery, frame: Frame): BoundQuery {
  const inner = bindQuery(query, frame);
  const isPlain =
    query.orderBy.length === 0 &&
    query.limit === undefined &&
    query.offset === undefined &&
    query.with === undefined &&
    !(query.body.kind === "select" && query.body.top !== undefined);
  if (isPlain) return inner;
  const alias = frame.state.nextAlias();
  const list = inner.columns.map((_, index) => `${alias}.c${index + 1} AS c${index + 1}`).join(", ");
  return { ...inner, sql: `SELECT ${list} FROM (${inner.sql}) AS ${alias}` };
}
