import type { SqlType } from "../types.ts";

/** Implicit: an argument of a function. Assignment: a value stored in a column. Explicit: written as a cast. */
export type CastMode = "implicit" | "assignment" | "explicit";

export interface CastOperand {
  readonly sql: string;
  readonly type: SqlType;
  /** The value of a literal, as text; null for NULL, undefined for what is no literal. */
  readonly constant?: string | null | undefined;
}
