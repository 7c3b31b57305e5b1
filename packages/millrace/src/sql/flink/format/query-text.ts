import type { GroupingItem, Query, QueryBody, Select, SetOperation } from "../ast/tree.ts";
import { windowText } from "./call-text.ts";
import { fromText } from "./from-text.ts";
import { hintsText } from "./hint-text.ts";
import { columnsText, joined, nameText, pathText, type TextWriter } from "./text-writer.ts";

export function queryText(writer: TextWriter, query: Query): string {
  const common = query.with.map(
    (item) => `${nameText(item.name)}${columnsText(item.columns)} AS (${writer.query(item.query)})`,
  );
  return joined([
    common.length === 0 ? "" : `WITH ${query.recursive ? "RECURSIVE " : ""}${common.join(", ")}`,
    bodyText(writer, query.body),
    query.orderBy.length === 0 ? "" : `ORDER BY ${writer.sortItems(query.orderBy)}`,
    query.limit === undefined ? "" : `LIMIT ${writer.expression(query.limit)}`,
    query.offset === undefined ? "" : `OFFSET ${writer.expression(query.offset)}`,
  ]);
}

function bodyText(writer: TextWriter, body: QueryBody): string {
  switch (body.kind) {
    case "select":
      return selectText(writer, body);
    case "set-operation":
      return setText(writer, body);
    case "nested":
      return `(${writer.query(body.query)})`;
    case "explicit-table":
      return `TABLE ${pathText(body.name)}`;
    case "values": {
      const rows = body.rows.map((row) => {
        const items = row.map((item) => writer.expression(item)).join(", ");
        return row.length > 1 ? `(${items})` : `ROW(${items})`;
      });
      return `VALUES ${rows.join(", ")}`;
    }
  }
}

function setText(writer: TextWriter, { operator, all, left, right }: SetOperation): string {
  const tight = operator === "intersect";
  const leftText = bodyText(writer, left);
  const rightText = bodyText(writer, right);
  const leftLoose = left.kind === "set-operation" && tight && left.operator !== "intersect";
  const rightLoose = right.kind === "set-operation" && (tight || right.operator !== "intersect");
  const first = leftLoose ? `(${leftText})` : leftText;
  const second = rightLoose ? `(${rightText})` : rightText;
  return `${first} ${operator.toUpperCase()}${all ? " ALL" : ""} ${second}`;
}

function selectText(writer: TextWriter, select: Select): string {
  const { from, where, groupBy, having, qualify, windows } = select;
  const items = select.items.map(({ expression, alias }) => {
    const text = writer.expression(expression);
    return alias === undefined ? text : `${text} AS ${nameText(alias)}`;
  });
  const named = windows.map(({ name, window }) => `${nameText(name)} AS ${windowText(writer, window)}`);
  return joined([
    "SELECT",
    hintsText(select.hints),
    select.distinct && "DISTINCT",
    items.join(", "),
    from.length === 0 ? "" : `FROM ${from.map((item) => fromText(writer, item)).join(", ")}`,
    where === undefined ? "" : `WHERE ${writer.expression(where)}`,
    groupBy === undefined ? "" : `GROUP BY ${groupText(writer, groupBy)}`,
    having === undefined ? "" : `HAVING ${writer.expression(having)}`,
    named.length === 0 ? "" : `WINDOW ${named.join(", ")}`,
    qualify === undefined ? "" : `QUALIFY ${writer.expression(qualify)}`,
  ]);
}

const groupText = (writer: TextWriter, items: readonly GroupingItem[]): string =>
  items.length === 0 ? "()" : items.map((item) => groupingText(writer, item)).join(", ");

function groupingText(writer: TextWriter, item: GroupingItem): string {
  switch (item.kind) {
    case "expression":
      return writer.expression(item.expression);
    case "set": {
      const items = item.expressions.map((expression) => writer.expression(expression)).join(", ");
      return item.expressions.length === 1 ? `ROW(${items})` : `(${items})`;
    }
    default: {
      const word = item.kind === "sets" ? "GROUPING SETS" : item.kind.toUpperCase();
      return `${word} (${item.items.map((inner) => groupingText(writer, inner)).join(", ")})`;
    }
  }
}
