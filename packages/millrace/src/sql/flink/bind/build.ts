import type { BoundExpression } from "../bound-expression.ts";
import type { FilterRelation, JoinRelation, JoinType, ProjectRelation, Relation } from "../relation.ts";
import { withNullable } from "../type-rules.ts";
import type { Field } from "../types.ts";
import { invalid } from "./bind-error.ts";
import type { ExpressionKeys } from "./expression-key.ts";
import { fieldOf } from "./scope.ts";

/** Nodes of one expression, counted as a tree. */
const maxExpressionNodes = 100_000;

/** Of a query: joins of views with themselves double their columns. */
const maxQueryColumns = 8_000;

/** A column of a projection. */
export interface Item {
  readonly name: string;
  readonly expression: BoundExpression;
}

/** @throws SqlError for an expression that is too large */
export function checkSize(expression: BoundExpression, keys: ExpressionKeys): void {
  if (keys.size(expression) > maxExpressionNodes) {
    throw invalid(`an expression has more than ${maxExpressionNodes} parts`, undefined, "54001");
  }
}

function checkColumns(count: number): void {
  if (count <= maxQueryColumns) return;
  throw invalid(`a query has at most ${maxQueryColumns} columns`, undefined, "54011");
}

export function project(input: Relation, items: readonly Item[], keys: ExpressionKeys): Relation {
  checkColumns(items.length);
  for (const item of items) checkSize(item.expression, keys);
  const fields = items.map((item) => fieldOf(item.name, item.expression, input.fields));
  const expressions = items.map((item) => item.expression);
  if (input.kind === "values" && input.fields.length === 0) {
    return { kind: "values", fields, rows: input.rows.map(() => expressions) };
  }
  return { kind: "project", fields, input, expressions } satisfies ProjectRelation;
}

export function filter(input: Relation, condition: BoundExpression, keys: ExpressionKeys): FilterRelation {
  checkSize(condition, keys);
  return { kind: "filter", fields: input.fields, input, condition };
}

/** The same relation under other names of columns. */
export function renamed(input: Relation, names: readonly string[]): Relation {
  if (input.fields.every((field, index) => field.name === names[index])) return input;
  const fields = input.fields.map((field, index) => ({ ...field, name: names[index] ?? field.name }));
  const expressions = fields.map((field, index) => ({ kind: "column", type: field.type, index }) as const);
  return { kind: "project", fields, input, expressions };
}

export function join(
  left: Relation,
  right: Relation,
  type: JoinType,
  condition: BoundExpression | undefined,
  isNullAware = false,
): JoinRelation {
  checkColumns(left.fields.length + right.fields.length);
  const isHalf = type === "semi" || type === "anti";
  const leftFields = type === "right" || type === "full" ? nullable(left.fields) : left.fields;
  const rightFields = type === "left" || type === "full" ? nullable(right.fields) : right.fields;
  const fields = isHalf ? left.fields : [...leftFields, ...rightFields];
  const relation: JoinRelation = { kind: "join", fields, left, right, type, condition };
  return isNullAware ? { ...relation, isNullAware } : relation;
}

function nullable(fields: readonly Field[]): readonly Field[] {
  return fields.map((field) => ({ ...field, type: withNullable(field.type, true) }));
}

/** Names of which none is there twice: as in Flink the second `a` is `a0`. */
export function uniqueNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  const next = new Map<string, number>();
  return names.map((name) => {
    let unique = name;
    let number = next.get(name) ?? 0;
    while (taken.has(unique)) {
      unique = `${name}${number}`;
      number += 1;
    }
    next.set(name, number);
    taken.add(unique);
    return unique;
  });
}
