import type { BoundExpression } from "../../../sql/flink/bound-expression.ts";
import type { OverRelation, Relation } from "../../../sql/flink/relation.ts";
import { columnsOf, conjunction, conjunctsOf } from "./expression-walk.ts";
import { notHere } from "./refusal.ts";

/** Ranks from 1, both inclusive. */
interface Bounds {
  readonly from: number;
  readonly to: number;
}

/** Makes ranks of OVER with ROW_NUMBER whose number a filter bounds. @throws SqlError 0A000 for other OVERs */
export function recognizeRanks(relation: Relation): Relation {
  if (relation.kind === "filter" && relation.input.kind === "over")
    return rankOf(relation.input, conjunctsOf(relation.condition));
  if (relation.kind === "over") throw overRefusal(relation);
  return mapInputs(relation, recognizeRanks);
}

/** The relation with `change` applied to its inputs. */
function mapInputs(relation: Relation, change: (input: Relation) => Relation): Relation {
  switch (relation.kind) {
    case "scan":
    case "values":
      return relation;
    case "join":
      return { ...relation, left: change(relation.left), right: change(relation.right) };
    case "union":
      return { ...relation, inputs: relation.inputs.map(change) };
    default:
      return { ...relation, input: change(relation.input) };
  }
}

export function inputsOf(relation: Relation): readonly Relation[] {
  switch (relation.kind) {
    case "scan":
    case "values":
      return [];
    case "join":
      return [relation.left, relation.right];
    case "union":
      return relation.inputs;
    default:
      return [relation.input];
  }
}

function rankOf(over: OverRelation, conditions: readonly BoundExpression[]): Relation {
  const [call, ...others] = over.calls;
  if (call?.function !== "row_number" || others.length > 0) throw overRefusal(over);
  const column = over.fields.length - 1;
  let bounds: Bounds = { from: 1, to: Number.POSITIVE_INFINITY };
  const rest: BoundExpression[] = [];
  for (const condition of conditions) {
    const bound = boundOf(condition, column);
    if (bound === undefined) rest.push(condition);
    else bounds = { from: Math.max(bounds.from, bound.from), to: Math.min(bounds.to, bound.to) };
  }
  if (bounds.to === Number.POSITIVE_INFINITY) throw overRefusal(over);
  const { fields, partition, order } = over;
  const input = recognizeRanks(over.input);
  const rank: Relation = { kind: "rank", fields, input, partition, order, ...bounds, emitsRank: true };
  const condition = conjunction(rest);
  return condition === undefined ? rank : { kind: "filter", fields, input: rank, condition };
}

function overRefusal(over: OverRelation): Error {
  const names = over.calls.map((call) => call.function.toUpperCase()).join(", ");
  const isNumber = over.calls.length === 1 && over.calls[0]?.function === "row_number";
  if (isNumber) return notHere("ROW_NUMBER() OVER without a filter that bounds the number from above");
  return notHere(`OVER aggregation with ${names}`);
}

const flipped: Readonly<Record<string, string>> = { "<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=" };

/** `rank <= 3`, `3 >= rank`, `rank = 1`, ... */
function boundOf(condition: BoundExpression, column: number): Bounds | undefined {
  if (condition.kind !== "call" || condition.arguments.length !== 2) return undefined;
  const [left, right] = condition.arguments as [BoundExpression, BoundExpression];
  const operator = condition.function;
  if (isRank(left, column)) return boundBy(operator, constantOf(right));
  if (isRank(right, column)) return boundBy(flipped[operator], constantOf(left));
  return undefined;
}

function boundBy(operator: string | undefined, value: number | undefined): Bounds | undefined {
  if (value === undefined) return undefined;
  const unbounded = Number.POSITIVE_INFINITY;
  switch (operator) {
    case "=":
      return Number.isInteger(value) ? { from: value, to: value } : undefined;
    case "<":
      return { from: 1, to: Math.ceil(value) - 1 };
    case "<=":
      return { from: 1, to: Math.floor(value) };
    case ">":
      return { from: Math.floor(value) + 1, to: unbounded };
    case ">=":
      return { from: Math.ceil(value), to: unbounded };
    default:
      return undefined;
  }
}

function isRank(expression: BoundExpression, column: number): boolean {
  if (expression.kind === "cast") return isRank(expression.operand, column);
  return expression.kind === "column" && expression.index === column;
}

/** A literal number, also behind casts that leave whole numbers as they are. */
function constantOf(expression: BoundExpression): number | undefined {
  if (expression.kind === "cast") return constantOf(expression.operand);
  if (expression.kind !== "literal" || columnsOf(expression).size > 0) return undefined;
  const { value, type } = expression;
  if (typeof value === "number") return value;
  if (typeof value !== "bigint") return undefined;
  return type.kind === "decimal" ? Number(value) / 10 ** type.scale : Number(value);
}
