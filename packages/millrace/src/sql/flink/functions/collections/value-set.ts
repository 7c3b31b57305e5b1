import type { FlinkType } from "../../types.ts";
import { sameValueOf } from "../value-order.ts";

/** Distinct values in the order they came, NULL among them. Values that are objects are equal by what is in them. */
export class ValueSet {
  readonly #plain: Set<unknown> | undefined;
  readonly #values: unknown[] = [];
  readonly #same: (left: unknown, right: unknown) => boolean;

  constructor(type: FlinkType) {
    this.#plain = isPlain(type) ? new Set() : undefined;
    this.#same = sameValueOf(type);
  }

  static sameOf(type: FlinkType): (left: unknown, right: unknown) => boolean {
    return sameValueOf(type);
  }

  has(value: unknown): boolean {
    return this.#plain?.has(value) ?? this.#values.some((known) => this.#same(known, value));
  }

  /** All values of the set afterwards. */
  addAll(values: readonly unknown[]): readonly unknown[] {
    for (const value of values) {
      if (this.has(value)) continue;
      this.#plain?.add(value);
      this.#values.push(value);
    }
    return this.#values;
  }
}

/** Values of the type are no objects. */
export function isPlain(type: FlinkType): boolean {
  return !["binary", "varbinary", "array", "multiset", "map", "row"].includes(type.kind);
}
