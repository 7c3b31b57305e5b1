import type { Span } from "../position.ts";
import type { TokenReader } from "./token-reader.ts";

interface Spanned {
  readonly kind: string;
  readonly span: Span;
}

/** AND or OR of two operands, in the trees of all dialects. */
interface LogicalOf<E> {
  readonly kind: "logical";
  readonly operator: "and" | "or";
  readonly left: E;
  readonly right: E;
  readonly span: Span;
}

type Operand<E> = E | LogicalOf<E>;

/** ORs of ANDs of operands, each chain as a balanced tree. */
export function parseLogical<E extends Spanned>(stream: TokenReader, operand: () => Operand<E>): Operand<E> {
  const height = stream.enter();
  const result = parseChain(stream, "or", () => parseChain(stream, "and", operand));
  stream.leave(height);
  return result;
}

function parseChain<E extends Spanned>(
  stream: TokenReader,
  operator: "and" | "or",
  operand: () => Operand<E>,
): Operand<E> {
  const first = operand();
  if (!stream.at(operator)) return first;
  const operands = [first];
  while (stream.accept(operator)) operands.push(operand());
  return chain(operator, operands);
}

/**
 * A balanced tree, so that thousands of conditions are no deep one. Operands that are such chains themselves (in
 * brackets) become part of it.
 */
function chain<E extends Spanned>(operator: "and" | "or", operands: readonly Operand<E>[]): Operand<E> {
  const flat: Operand<E>[] = [];
  const flatten = (operand: Operand<E>): void => {
    if (isLogical(operand) && operand.operator === operator) {
      flatten(operand.left);
      flatten(operand.right);
    } else flat.push(operand);
  };
  operands.forEach(flatten);
  return balanced(operator, flat, 0, flat.length);
}

const isLogical = <E extends Spanned>(operand: Operand<E>): operand is LogicalOf<E> =>
  operand.kind === "logical";

function balanced<E extends Spanned>(
  operator: "and" | "or",
  operands: readonly Operand<E>[],
  from: number,
  to: number,
): Operand<E> {
  const only = operands[from];
  if (only !== undefined && to - from === 1) return only;
  const middle = from + Math.ceil((to - from) / 2);
  const left = balanced(operator, operands, from, middle);
  const right = balanced(operator, operands, middle, to);
  const span = { start: left.span.start, end: right.span.end };
  // A chain of a dialect's expressions is one of its expressions.
  return { kind: "logical", operator, left: left as E, right: right as E, span };
}
