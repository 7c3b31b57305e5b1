import type { FlinkType } from "../types.ts";

/** An aggregate or ranking function of Flink SQL under one name: what types it takes and gives. */
export interface AggregateFunction {
  /** As in relations: lower case. */
  readonly name: string;
  /** `aggregate` may stand with GROUP BY and with OVER, `window` with OVER alone. */
  readonly kind: "aggregate" | "window";
  /**
   * The signature for arguments of these types; undefined when none fits. `literals` holds the value of each
   * argument that is a literal, undefined for the others.
   */
  resolve(types: readonly FlinkType[], literals: readonly unknown[]): AggregateSignature | undefined;
}

export interface AggregateSignature {
  /** What the arguments are cast to, constants included. */
  readonly arguments: readonly FlinkType[];
  /** How many of the last arguments must be literals: they go into `constants` of the call. */
  readonly constants: number;
  /** As in a group that has rows; without GROUP BY everything but a count may be NULL. */
  readonly result: FlinkType;
}
