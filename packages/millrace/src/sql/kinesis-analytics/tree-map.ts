import type { Expression } from "../flink/ast/tree.ts";

type Visit = (expression: Expression) => Expression | undefined;

/**
 * A copy of an expression in which each part that `visit` has an answer for is replaced by it, from the outside to
 * the inside. Queries in it stay as they are, and so do windows of OVER.
 */
export function mapExpression(expression: Expression, visit: Visit): Expression {
  return visit(expression) ?? (mapParts(expression, visit) as Expression);
}

function mapParts(value: unknown, visit: Visit): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => mapValue(item, visit));
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, OPAQUE.has(key) ? part : mapValue(part, visit)]),
  );
}

function mapValue(value: unknown, visit: Visit): unknown {
  return isExpression(value) ? mapExpression(value, visit) : mapParts(value, visit);
}

/** Members that hold no expressions of the same query. */
const OPAQUE: ReadonlySet<string> = new Set([
  "span",
  "name",
  "parts",
  "qualifier",
  "type",
  "unit",
  "query",
  "over",
  "table",
]);

/** Everything with a kind below an expression is one, but for frames and the behaviours of JSON functions. */
function isExpression(value: unknown): value is Expression {
  return typeof value === "object" && value !== null && "kind" in value && "span" in value;
}
