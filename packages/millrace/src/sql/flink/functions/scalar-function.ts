import type { FlinkType } from "../types.ts";

/**
 * How whole numbers of 64 bits are computed with: as doubles, each result checked to be exact
 * (`NeedsExactIntegers` is thrown otherwise, and the job goes on in the other mode), or as bigint.
 */
export type IntegerMode = "double" | "exact";

/** What a function of the time, the session or chance is told; the same again when a round is repeated. */
export interface EvaluationContext {
  readonly mode: IntegerMode;
  /** The time of the round, in milliseconds since 1970. */
  readonly nowMs: number;
  /** `table.local-time-zone`, an IANA name. */
  readonly timeZone: string;
  /** 0 to below 1, by the seed of the round. */
  random(): number;
}

/** A scalar function of Flink SQL under one name, with all its signatures. */
export interface ScalarFunction {
  /** As in bound expressions: lower case. */
  readonly name: string;
  /** Answers differ for the same arguments: not to be computed twice or ahead. */
  readonly isVolatile?: boolean;
  /**
   * The signature for arguments of these types; undefined when none fits. `literals` holds the value of each
   * argument that is a literal, undefined for the others: some decide the type, and what is constant is
   * prepared once. So it is called once for each call in a program, and its code is not shared by calls.
   * @throws SqlError for a literal that no row could be computed with, such as a malformed pattern
   */
  resolve(types: readonly FlinkType[], literals: readonly unknown[]): ScalarSignature | undefined;
}

export interface ScalarSignature {
  /** What the arguments are cast to. */
  readonly arguments: readonly FlinkType[];
  readonly result: FlinkType;
  readonly code: ScalarCode;
}

/**
 * Values are as `Value` in bound-expression.ts says. An answer of type BIGINT may be a number or a bigint in
 * either mode, whichever is exact: the compiler converts it, and throws `NeedsExactIntegers` where it must.
 */
export type ScalarCode =
  /**
   * A JavaScript expression of the arguments' variables, none of which is NULL, and which are read at most once
   * each; the answer is not NULL.
   */
  | { readonly kind: "inline"; readonly text: (args: readonly string[], mode: IntegerMode) => string }
  /** Called when no argument is NULL; may answer null. */
  | { readonly kind: "strict"; readonly call: (...args: never[]) => unknown }
  /** Called with null for NULL. */
  | { readonly kind: "nullable"; readonly call: (...args: never[]) => unknown }
  /** As `nullable`, with the context as the first argument. */
  | {
      readonly kind: "context";
      readonly call: (context: EvaluationContext, ...args: never[]) => unknown;
    }
  /** Made by the compiler of expressions itself: AND, OR, CASE's relatives, comparisons, arithmetic. */
  | { readonly kind: "builtin" };

/** A value or result is no exact double: the job goes on with `exact` integers. */
export class NeedsExactIntegers extends Error {
  override readonly name = "NeedsExactIntegers";
}

/** A row that cannot be computed: the job fails with it, as in Flink. */
export class EvaluationError extends Error {
  override readonly name = "EvaluationError";
}
