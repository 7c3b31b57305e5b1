import type { Expression } from "../ast/expression.ts";

/** Does a node of the kind stand in the expression, outside of its subqueries? */
export function containsKind(expression: Expression, kind: Expression["kind"]): boolean {
  return inNode(expression, kind);
}

function inNode(node: unknown, kind: string): boolean {
  if (Array.isArray(node)) return node.some((item) => inNode(item, kind));
  if (typeof node !== "object" || node === null) return false;
  const nodeKind = (node as { readonly kind?: unknown }).kind;
  if (nodeKind === kind) return true;
  if (nodeKind === "query") return false;
  for (const value of Object.values(node)) {
    if (typeof value === "object" && inNode(value, kind)) return true;
  }
  return false;
}

/** The conditions that AND holds together, in their order. */
export function conjuncts(expression: Expression): readonly Expression[] {
  const found: Expression[] = [];
  const pending: Expression[] = [expression];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.kind === "logical" && next.operator === "and") pending.push(next.right, next.left);
    else found.push(next);
  }
  return found;
}

/** The opposite of `conjuncts`; undefined for none. */
export function conjunction(conditions: readonly Expression[]): Expression | undefined {
  const [first, ...rest] = conditions;
  if (first === undefined) return undefined;
  return rest.reduce<Expression>(
    (left, right) => ({ kind: "logical", operator: "and", left, right, span: right.span }),
    first,
  );
}
