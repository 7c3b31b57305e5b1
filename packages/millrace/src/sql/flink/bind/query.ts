import type { Expression, Query, QueryBody, SetOperation, SortItem, Values } from "../ast/tree.ts";
import type { BoundExpression } from "../bound-expression.ts";
import type { Relation, SortKey } from "../relation.ts";
import { leastCommonType, sameType } from "../type-rules.ts";
import { typeText } from "../type-text.ts";
import type { Field, FlinkType } from "../types.ts";
import { elsewhere, invalid } from "./bind-error.ts";
import { project, renamed } from "./build.ts";
import { coerce } from "./coerce.ts";
import { bindExpression } from "./expression.ts";
import { rowContext } from "./expression-context.ts";
import { distinct } from "./group.ts";
import { nullsFirst } from "./over-call.ts";
import { column, emptyScope, scopeOf } from "./scope.ts";
import { bindSelect } from "./select.ts";
import { outputColumn } from "./sort-key.ts";
import type { CommonRelation, QueryBinder, QueryContext } from "./statement-context.ts";

/** Binds whole queries. */
export const queryBinder: QueryBinder = Object.freeze({ bind: bindQuery });

/** WITH, the body, ORDER BY and LIMIT. */
function bindQuery(query: Query, context: QueryContext): Relation {
  const inside = withTables(query, context);
  const offset = rowCount(query.offset, "OFFSET") ?? 0;
  const fetch = rowCount(query.limit, "LIMIT");
  const { relation, order, visible } = ordered(query.body, query.orderBy, inside);
  if (order.length === 0 && offset === 0 && fetch === undefined) return relation;
  const sorted: Relation = { kind: "sort", fields: relation.fields, input: relation, order, offset, fetch };
  return visible === relation.fields.length ? sorted : firstColumns(sorted, visible, context);
}

function withTables(query: Query, context: QueryContext): QueryContext {
  if (query.with.length === 0) return context;
  if (query.recursive) throw elsewhere("WITH RECURSIVE", query.span.start);
  const own = new Set<string>();
  const tables: CommonRelation[] = [...context.tables];
  for (const { name, columns, query: body } of query.with) {
    if (own.has(name.name)) throw invalid(`'${name.name}' is there twice in WITH`, name.span.start, "42712");
    own.add(name.name);
    const relation = bindQuery(body, { ...context, tables: [...tables] });
    if (columns.length > 0 && columns.length !== relation.fields.length) {
      throw invalid(
        `'${name.name}' has ${relation.fields.length} column(s), but ${columns.length} name(s) are given`,
        name.span.start,
        "42601",
      );
    }
    const named =
      columns.length === 0
        ? relation
        : renamed(
            relation,
            columns.map((part) => part.name),
          );
    tables.push({ name: name.name, relation: named });
  }
  return { ...context, tables };
}

/** A count of rows: a whole number that is written out. */
function rowCount(node: Expression | undefined, clause: string): number | undefined {
  if (node === undefined) return undefined;
  const count = node.kind === "number" && /^\d+$/.test(node.text) ? Number(node.text) : Number.NaN;
  if (!Number.isSafeInteger(count)) {
    throw invalid(`${clause} takes a whole number`, node.span.start, "42601");
  }
  return count;
}

interface Ordered {
  readonly relation: Relation;
  readonly order: readonly SortKey[];
  readonly visible: number;
}

function ordered(body: QueryBody, order: readonly SortItem[], context: QueryContext): Ordered {
  if (body.kind === "select") return bindSelect(body, order, context);
  const relation = bindBody(body, context);
  const items = relation.fields.map((field, index) => ({
    name: field.name,
    expression: column(relation.fields, index) as BoundExpression,
  }));
  const visible = items.length;
  const keys = order.map((item): SortKey => {
    const key = { descending: item.descending, nullsFirst: nullsFirst(item) };
    const place = outputColumn(item.expression, items.slice(0, visible));
    if (place !== undefined) return { ...key, column: place };
    const scope = scopeOf(relation, undefined);
    const expression = bindExpression(item.expression, rowContext(context, scope, "ORDER BY"));
    if (expression.kind === "column") return { ...key, column: expression.index };
    return { ...key, column: items.push({ name: `$s${items.length}`, expression }) - 1 };
  });
  const input = items.length === visible ? relation : project(relation, items, context.statement.keys);
  return { relation: input, order: keys, visible };
}

function firstColumns(relation: Relation, count: number, context: QueryContext): Relation {
  const items = relation.fields
    .slice(0, count)
    .map((field, index) => ({ name: field.name, expression: column(relation.fields, index) }));
  return project(relation, items, context.statement.keys);
}

function bindBody(body: QueryBody, context: QueryContext): Relation {
  switch (body.kind) {
    case "select":
      return bindSelect(body, [], context).relation;
    case "values":
      return bindValues(body, context);
    case "nested":
      return bindQuery(body.query, context);
    case "explicit-table": {
      const [only, more] = body.name.parts;
      const common =
        more === undefined ? context.tables.findLast((entry) => entry.name === only?.name) : undefined;
      return common?.relation ?? context.statement.table(body.name, {}).relation;
    }
    case "set-operation":
      return bindUnion(body, context);
  }
}

/** UNION ALL of two and more as one relation; UNION takes what is there twice out of it. */
function bindUnion(body: SetOperation, context: QueryContext): Relation {
  if (body.operator !== "union") throw elsewhere(body.operator.toUpperCase(), body.span.start);
  const inputs = unionParts(body, body.all).map((part) => bindBody(part, context));
  const [first] = inputs;
  if (first === undefined) throw new Error("UNION has inputs");
  const uneven = inputs.find((input) => input.fields.length !== first.fields.length);
  if (uneven !== undefined) {
    throw invalid(
      `the inputs of UNION have ${first.fields.length} and ${uneven.fields.length} columns`,
      body.span.start,
      "42601",
    );
  }
  const fields = first.fields.map((field, index) => unionField(field, index, inputs, body));
  const relation: Relation = {
    kind: "union",
    fields,
    inputs: inputs.map((input) => asFields(input, fields, context)),
  };
  return body.all ? relation : distinct(relation, context.statement);
}

/** The inputs of a chain of the same UNION, from the left. */
function unionParts(body: SetOperation, all: boolean): readonly QueryBody[] {
  const parts: QueryBody[] = [];
  const open: QueryBody[] = [body];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind === "set-operation" && next.operator === "union" && next.all === all) {
      open.push(next.right, next.left);
    } else {
      parts.push(next);
    }
  }
  return parts;
}

function unionField(field: Field, index: number, inputs: readonly Relation[], body: SetOperation): Field {
  const columns = inputs.flatMap((input) => input.fields[index] ?? []);
  const types = columns.map((entry) => entry.type);
  const type = leastCommonType(types);
  if (type === undefined || type.kind === "null") {
    throw invalid(
      `the columns '${field.name}' of UNION have no common type: ${types.map(typeText).join(", ")}`,
      body.span.start,
      "42804",
    );
  }
  const keepsTime = field.time !== undefined && columns.every((entry) => isSameTime(entry, field));
  return keepsTime ? { name: field.name, type, time: field.time } : { name: field.name, type };
}

function isSameTime(one: Field, other: Field): boolean {
  return one.time === other.time && sameType(one.type, other.type);
}

/** The input with columns of these types. */
function asFields(input: Relation, fields: readonly Field[], context: QueryContext): Relation {
  const expressions = input.fields.map((_, index) => {
    const own = column(input.fields, index);
    return coerce(own, fields[index]?.type ?? own.type);
  });
  if (expressions.every((expression) => expression.kind === "column")) return input;
  const items = expressions.map((expression, index) => ({ name: fields[index]?.name ?? "", expression }));
  return project(input, items, context.statement.keys);
}

function bindValues(body: Values, context: QueryContext): Relation {
  const scope = rowContext(context, emptyScope, "VALUES");
  const rows = body.rows.map((row) => row.map((item) => bindExpression(item, scope)));
  const width = rows[0]?.length ?? 0;
  const uneven = rows.findIndex((row) => row.length !== width);
  if (uneven >= 0) {
    throw invalid("all rows of VALUES must have the same number of values", body.span.start, "42601");
  }
  const types = Array.from({ length: width }, (_, index) => valuesType(rows, index, body));
  return {
    kind: "values",
    fields: types.map((type, index) => ({ name: `EXPR$${index}`, type })),
    rows: rows.map((row) => row.map((item, index) => coerce(item, types[index] ?? item.type))),
  };
}

function valuesType(rows: readonly (readonly BoundExpression[])[], index: number, body: Values): FlinkType {
  const types = rows.flatMap((row) => row[index]?.type ?? []);
  const type = leastCommonType(types);
  if (type === undefined) {
    throw invalid(
      `column ${index + 1} of VALUES has no common type: ${[...new Set(types.map(typeText))].join(", ")}`,
      body.span.start,
      "42804",
    );
  }
  return type;
}
