/** Thrown when Millrace itself is wrong: never caused by input, always logged, answered with status 500. */
export class AssertionError extends Error {
  override readonly name = "AssertionError";
}

/** Checks our own reasoning, not a caller's input: that is a `ServiceError`. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AssertionError(message);
}

/** For the branch that cannot be reached: a new member of a union then fails to compile. */
export function unreachable(value: never): never {
  throw new AssertionError(`unreachable: ${String(value)}`);
}
