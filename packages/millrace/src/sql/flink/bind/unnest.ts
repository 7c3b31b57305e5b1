import type { Join, UnnestItem } from "../ast/tree.ts";
import type { BoundExpression } from "../bound-expression.ts";
import type { Relation } from "../relation.ts";
import { withNullable } from "../type-rules.ts";
import { typeText } from "../type-text.ts";
import type { Field, FlinkType } from "../types.ts";
import { elsewhere, invalid } from "./bind-error.ts";
import { filter } from "./build.ts";
import { bindExpression, condition } from "./expression.ts";
import { rowContext } from "./expression-context.ts";
import { emptyScope, over, rangeTable, type Scope } from "./scope.ts";
import type { QueryContext } from "./statement-context.ts";

/** `CROSS JOIN UNNEST(t.tags) AS x (tag)`, `LEFT JOIN UNNEST(...) ON TRUE`, with a comma before it as well. */
export function bindUnnest(
  item: UnnestItem,
  left: Scope,
  join: Join | undefined,
  query: QueryContext,
): Scope {
  const at = item.span.start;
  if (join !== undefined && (join.type === "right" || join.type === "full" || join.natural)) {
    throw invalid("UNNEST may be joined with CROSS JOIN, INNER JOIN and LEFT JOIN", at);
  }
  const [node, more] = item.expressions;
  if (node === undefined || more !== undefined) throw elsewhere("UNNEST of several collections", at);
  const collection = bindExpression(node, rowContext(query, left, "UNNEST"));
  const isOuter = join?.type === "left";
  const scope = unnested(item, left, collection, isOuter);
  if (join?.on === undefined) return scope;
  const test = condition(bindExpression(join.on, rowContext(query, scope, "ON")), "ON", join.on.span.start);
  if (test.kind === "literal" && test.value === true) return scope;
  if (isOuter) throw elsewhere("LEFT JOIN UNNEST with a condition other than TRUE", join.on.span.start);
  return over(scope, filter(scope.relation, test, query.statement.keys));
}

/** UNNEST at the beginning of FROM, of what needs no table. */
export function lonelyUnnest(item: UnnestItem, query: QueryContext): Scope {
  return bindUnnest(item, emptyScope, undefined, query);
}

function unnested(item: UnnestItem, left: Scope, collection: BoundExpression, isOuter: boolean): Scope {
  const own = elementFields(collection.type, item.span.start);
  const ordinality: Field = { name: "ORDINALITY", type: { kind: "int", nullable: false } };
  const all = item.withOrdinality ? [...own, ordinality] : own;
  const { columns } = item;
  if (columns.length > 0 && columns.length !== all.length) {
    throw invalid(
      `UNNEST gives ${all.length} column(s), but ${columns.length} name(s) are given`,
      columns[0]?.span.start,
      "42601",
    );
  }
  const added = all.map((field, index) => ({
    name: columns[index]?.name ?? field.name,
    type: isOuter ? withNullable(field.type, true) : field.type,
  }));
  const input = left.relation;
  const relation: Relation = {
    kind: "unnest",
    fields: [...input.fields, ...added],
    input,
    collection,
    isOuter,
    withOrdinality: item.withOrdinality,
  };
  const table = rangeTable(added, item.alias?.name, undefined, input.fields.length);
  return { relation, tables: [...left.tables, table], merged: left.merged };
}

/** The columns that elements become: fields of rows, keys and values, or the element. */
function elementFields(type: FlinkType, position: number): readonly Field[] {
  if (type.kind === "map") {
    return [
      { name: "KEY", type: type.key },
      { name: "VALUE", type: type.value },
    ];
  }
  if (type.kind !== "array" && type.kind !== "multiset") {
    throw invalid(`UNNEST takes ARRAY, MAP and MULTISET, not ${typeText(type)}`, position, "42804");
  }
  const { element } = type;
  if (element.kind !== "row") return [{ name: "EXPR$0", type: element }];
  return element.fields.map((field) => ({
    name: field.name,
    type: withNullable(field.type, field.type.nullable || element.nullable),
  }));
}
