import { AssertionError } from "../../core/assert.ts";

/** An operation returned a value that its output shape does not allow: our bug, not the caller's. */
export function mistyped(kind: string, value: unknown): AssertionError {
  const found = value === null ? "null" : typeof value;
  return new AssertionError(`the output shape asks for a ${kind}, the operation returned ${found}`);
}

/** The entries of a map output that have a value. */
export function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  if (typeof value !== "object" || value === null) throw mistyped("map", value);
  return Object.entries(value).filter(([, item]) => item !== undefined && item !== null);
}
