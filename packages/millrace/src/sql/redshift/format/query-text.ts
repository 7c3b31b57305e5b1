import type { GroupingItem, Query, QueryBody, Select, SelectItem, SetOperation, With } from "../ast/tree.ts";
import { fromText } from "./from-text.ts";
import { columnsText, nameText, pathText } from "./name-text.ts";
import type { TextWriter } from "./text-writer.ts";

export function queryText(writer: TextWriter, query: Query): string {
  const order = query.siblings ? "order siblings by" : "order by";
  const clauses = [
    query.with === undefined ? "" : withText(writer, query.with),
    bodyText(writer, query.body),
    query.orderBy.length === 0 ? "" : `${order} ${writer.sortItems(query.orderBy)}`,
    query.limit === undefined ? "" : `limit ${writer.expression(query.limit)}`,
    query.offset === undefined ? "" : `offset ${writer.expression(query.offset)}`,
    query.forUpdate ? "for update" : "",
  ];
  return joined(clauses);
}

const joined = (clauses: readonly string[]): string => clauses.filter((clause) => clause !== "").join(" ");

function withText(writer: TextWriter, { recursive, items }: With): string {
  const tables = items.map(
    ({ name, columns, query }) => `${nameText(name)}${columnsText(columns)} as (${writer.query(query)})`,
  );
  return `with ${recursive ? "recursive " : ""}${tables.join(", ")}`;
}

function bodyText(writer: TextWriter, body: QueryBody): string {
  switch (body.kind) {
    case "select":
      return selectText(writer, body);
    case "set-operation":
      return setText(writer, body);
    case "nested":
      return `(${writer.query(body.query)})`;
    case "values":
      return `values ${body.rows.map((row) => `(${row.map((item) => writer.expression(item)).join(", ")})`).join(", ")}`;
  }
}

function setText(writer: TextWriter, { operator, all, left, right }: SetOperation): string {
  const tight = operator === "intersect";
  const leftText = bodyText(writer, left);
  const rightText = bodyText(writer, right);
  const leftLoose = left.kind === "set-operation" && tight && left.operator !== "intersect";
  const rightLoose = right.kind === "set-operation" && (tight || right.operator !== "intersect");
  const first = leftLoose ? `(${leftText})` : leftText;
  return `${first} ${operator}${all ? " all" : ""} ${rightLoose ? `(${rightText})` : rightText}`;
}

function selectText(writer: TextWriter, select: Select): string {
  const { top, into, from, where, having, qualify } = select;
  const expression = writer.expression.bind(writer);
  return joined([
    "select",
    top === undefined ? "" : `top ${writer.operand(top)}`,
    distinctText(writer, select),
    itemsText(writer, select.items),
    into === undefined ? "" : `into ${into.temporary ? "temporary " : ""}table ${pathText(into.name.parts)}`,
    from.length === 0 ? "" : `from ${from.map((item) => fromText(writer, item)).join(", ")}`,
    where === undefined ? "" : `where ${expression(where)}`,
    connectText(writer, select),
    groupText(writer, select),
    having === undefined ? "" : `having ${expression(having)}`,
    qualify === undefined ? "" : `qualify ${expression(qualify)}`,
  ]);
}

function distinctText(writer: TextWriter, { distinct, distinctOn }: Select): string {
  return distinctOn.length === 0
    ? distinct
      ? "distinct"
      : ""
    : `distinct on (${distinctOn.map((item) => writer.expression(item)).join(", ")})`;
}

/** Each star of a list holds what the list excludes. */
function itemsText(writer: TextWriter, items: readonly SelectItem[]): string {
  const texts = items.map(({ expression, alias }) => {
    const text = writer.expression(expression);
    return alias === undefined ? text : `${text} as ${nameText(alias)}`;
  });
  const star = items.find(({ expression }) => expression.kind === "star")?.expression;
  const exclude = star?.kind === "star" ? star.exclude : [];
  return `${texts.join(", ")}${exclude.length === 0 ? "" : ` exclude${columnsText(exclude)}`}`;
}

function connectText(writer: TextWriter, { connectBy }: Select): string {
  if (connectBy === undefined) {
    return "";
  }
  const { startWith, condition, noCycle } = connectBy;
  const start = startWith === undefined ? "" : `start with ${writer.expression(startWith)} `;
  return `${start}connect by ${noCycle ? "nocycle " : ""}${writer.expression(condition)}`;
}

function groupText(writer: TextWriter, { groupBy, groupByAll }: Select): string {
  if (groupByAll) {
    return "group by all";
  }
  return groupBy.length === 0
    ? ""
    : `group by ${groupBy.map((item) => groupingText(writer, item)).join(", ")}`;
}

function groupingText(writer: TextWriter, item: GroupingItem): string {
  const list = (expressions: readonly Parameters<TextWriter["expression"]>[0][]): string =>
    expressions.map((expression) => writer.expression(expression)).join(", ");
  switch (item.kind) {
    case "expression":
      return writer.expression(item.expression);
    case "set":
      return `(${list(item.expressions)})`;
    case "sets":
      return `grouping sets (${item.items.map((inner) => groupingText(writer, inner)).join(", ")})`;
    default: {
      const sets = item.sets.map((set) => (set.length === 1 ? list(set) : `(${list(set)})`));
      return `${item.kind} (${sets.join(", ")})`;
    }
  }
}
