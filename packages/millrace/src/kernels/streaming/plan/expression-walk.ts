import type { BoundExpression } from "../../../sql/flink/bound-expression.ts";
import { scalarFunction } from "../../../sql/flink/functions/function-table.ts";
import type { FlinkType } from "../../../sql/flink/types.ts";

/** The expressions right below one. */
function operandsOf(expression: BoundExpression): readonly BoundExpression[] {
  switch (expression.kind) {
    case "literal":
    case "column":
      return [];
    case "call":
      return expression.arguments;
    case "cast":
    case "field":
      return [expression.operand];
    case "case":
      return [...expression.branches.flatMap(({ when, result }) => [when, result]), expression.otherwise];
  }
}

/** The expression with `change` applied to what is right below it. */
function mapOperands(
  expression: BoundExpression,
  change: (operand: BoundExpression) => BoundExpression,
): BoundExpression {
  switch (expression.kind) {
    case "literal":
    case "column":
      return expression;
    case "call":
      return { ...expression, arguments: expression.arguments.map(change) };
    case "cast":
    case "field":
      return { ...expression, operand: change(expression.operand) };
    case "case":
      return {
        ...expression,
        branches: expression.branches.map(({ when, result }) => ({
          when: change(when),
          result: change(result),
        })),
        otherwise: change(expression.otherwise),
      };
  }
}

/** The expression with each column put through `change`. */
export function mapColumns(
  expression: BoundExpression,
  change: (index: number, type: FlinkType) => BoundExpression,
): BoundExpression {
  if (expression.kind === "column") return change(expression.index, expression.type);
  return mapOperands(expression, (operand) => mapColumns(operand, change));
}

/** The expression over other inputs: column `i` is column `places[i]` there. */
export function moveColumns(expression: BoundExpression, places: readonly number[]): BoundExpression {
  return mapColumns(expression, (index, type) => ({ kind: "column", type, index: places[index] ?? -1 }));
}

/** The expression over the input of a projection, which it was over the output of. */
export function inline(expression: BoundExpression, projection: readonly BoundExpression[]): BoundExpression {
  return mapColumns(expression, (index) => projection[index] as BoundExpression);
}

/** Nodes of an expression beyond which projections stay apart: views over views may double it each time. */
const maxInlinedNodes = 2_000;

/** Whether expressions over a projection have a bounded size over its input as well. */
export function staySmall(
  readers: readonly BoundExpression[],
  projection: readonly BoundExpression[],
): boolean {
  const sizes = projection.map(sizeOf);
  return readers.every((reader) => inlinedSize(reader, sizes) <= maxInlinedNodes);
}

function sizeOf(expression: BoundExpression): number {
  return operandsOf(expression).reduce((sum, operand) => sum + sizeOf(operand), 1);
}

function inlinedSize(expression: BoundExpression, sizes: readonly number[]): number {
  if (expression.kind === "column") return sizes[expression.index] ?? 1;
  return operandsOf(expression).reduce((sum, operand) => sum + inlinedSize(operand, sizes), 1);
}

export function columnsOf(expression: BoundExpression, into: Set<number> = new Set()): Set<number> {
  if (expression.kind === "column") into.add(expression.index);
  for (const operand of operandsOf(expression)) columnsOf(operand, into);
  return into;
}

/** A column of the input, and the fields of ROWs below it that are wanted. */
export interface ColumnPath {
  readonly column: number;
  readonly path: readonly number[];
  readonly type: FlinkType;
}

/** `a.b.c` as one path; undefined where the expression is anything else. */
function pathOf(expression: BoundExpression): ColumnPath | undefined {
  if (expression.kind === "column") return { column: expression.index, path: [], type: expression.type };
  if (expression.kind !== "field") return undefined;
  const outer = pathOf(expression.operand);
  if (outer === undefined) return undefined;
  return { column: outer.column, path: [...outer.path, expression.index], type: expression.type };
}

/** The longest paths that an expression reads. */
export function pathsOf(expression: BoundExpression, into: ColumnPath[] = []): ColumnPath[] {
  const path = pathOf(expression);
  if (path !== undefined) into.push(path);
  else for (const operand of operandsOf(expression)) pathsOf(operand, into);
  return into;
}

/** The expression with paths put through `change`, which answers undefined for those it does not know. */
export function mapPaths(
  expression: BoundExpression,
  change: (path: ColumnPath) => BoundExpression,
): BoundExpression {
  const path = pathOf(expression);
  if (path !== undefined) return change(path);
  return mapOperands(expression, (operand) => mapPaths(operand, change));
}

/** Whether computing it twice may give two answers. */
export function isVolatile(expression: BoundExpression): boolean {
  if (expression.kind === "call" && isVolatileCall(expression.function)) return true;
  return operandsOf(expression).some(isVolatile);
}

/** A function of the program's own may be anything; PROCTIME and its like are the same within a round. */
function isVolatileCall(name: string): boolean {
  return name.startsWith("udf:") || scalarFunction(name)?.isVolatile === true;
}

/** The parts of a condition that all must be true. */
export function conjunctsOf(condition: BoundExpression | undefined): readonly BoundExpression[] {
  if (condition === undefined) return [];
  if (condition.kind === "call" && condition.function === "and")
    return condition.arguments.flatMap(conjunctsOf);
  if (condition.kind === "literal" && condition.value === true) return [];
  return [condition];
}

export function conjunction(conditions: readonly BoundExpression[]): BoundExpression | undefined {
  const [first, ...others] = conditions;
  if (first === undefined) return undefined;
  return others.reduce<BoundExpression>(
    (left, right) => ({
      kind: "call",
      type: { kind: "boolean", nullable: left.type.nullable || right.type.nullable },
      function: "and",
      arguments: [left, right],
    }),
    first,
  );
}

/** Plain data as a text that is equal for equal data: literals may hold bigints, bytes and maps. */
export function stableText(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === "bigint") return `${part}n`;
    if (part instanceof Uint8Array) return `bytes:${Buffer.from(part).toString("base64")}`;
    if (part instanceof Map) return { map: [...part] };
    if (typeof part === "number" && !Number.isFinite(part)) return `number:${part}`;
    return part;
  });
}
