import type { IntervalUnit, TimeUnit } from "../flink/ast/data-type.ts";
import type { Identifier } from "../flink/ast/name.ts";
import type { Call, Expression } from "../flink/ast/tree.ts";
import type { Span } from "../position.ts";

// Pieces of trees that the rewriter makes. They take the place of what they are made of.

export const nameOf = (name: string, span: Span): Identifier => ({ name, quoted: true, span });

const wordOf = (name: string, span: Span): Identifier => ({ name, quoted: false, span });

export function callOf(name: string, items: readonly Expression[], span: Span): Call {
  return {
    kind: "call",
    name: { parts: [wordOf(name, span)], span },
    arguments: items,
    star: false,
    distinct: false,
    orderBy: [],
    withinGroup: undefined,
    filter: undefined,
    nulls: undefined,
    over: undefined,
    span,
  };
}

export const columnOf = (qualifier: Identifier | undefined, name: string, span: Span): Expression => ({
  kind: "reference",
  parts: [...(qualifier === undefined ? [] : [qualifier]), nameOf(name, span)],
  span,
});

export const intervalOf = (value: string, unit: TimeUnit, span: Span): Expression => {
  const whole: IntervalUnit = { from: unit, precision: undefined, to: undefined, fraction: undefined, span };
  return { kind: "interval", negative: false, value, unit: whole, span };
};

export const castToTimestamp = (operand: Expression): Expression => ({
  kind: "cast",
  operand,
  type: {
    kind: "simple-type",
    name: "timestamp",
    precision: 3,
    scale: undefined,
    nullable: true,
    span: operand.span,
  },
  isTry: false,
  span: operand.span,
});

export const binaryOf = (
  operator: "*" | "/" | "+" | "-",
  left: Expression,
  right: Expression,
): Expression => ({
  kind: "binary",
  operator,
  operatorSpan: left.span,
  left,
  right,
  span: { start: left.span.start, end: Math.max(left.span.end, right.span.end) },
});

export const numberOf = (value: number, span: Span): Expression => ({
  kind: "number",
  text: String(value),
  span,
});
