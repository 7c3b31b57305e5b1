import type { AggregateName } from "../sql/expression.ts";
import { Float } from "../value/float.ts";
import { isNumeric, parseNumber, toDecimal } from "../value/number-text.ts";
import type { Value } from "../value/value.ts";
import { calculate, numberOf } from "./arithmetic.ts";
import { compareValues } from "./comparison.ts";

/** An aggregate under way. It is not shown NULL and MISSING. */
export interface Accumulator {
  add(value: Value): void;
  result(): Value;
}

export function accumulatorOf(name: AggregateName): Accumulator {
  switch (name) {
    case "count":
      return new Count();
    case "sum":
      return new Sum();
    case "avg":
      return new Average();
    case "min":
      return new Extreme(-1);
    case "max":
      return new Extreme(1);
  }
}

class Count implements Accumulator {
  #count = 0;

  add(): void {
    this.#count++;
  }

  result(): Value {
    return this.#count;
  }
}

/** NULL of no values. */
class Sum implements Accumulator {
  #sum: Value = null;

  add(value: Value): void {
    this.#sum = this.#sum === null ? numberOf(value) : calculate("+", this.#sum, numberOf(value));
  }

  result(): Value {
    return this.#sum;
  }
}

/** Never of integers alone: the average of 1 and 2 is 1.5. */
class Average implements Accumulator {
  readonly #sum = new Sum();
  #count = 0;

  add(value: Value): void {
    this.#sum.add(value);
    this.#count++;
  }

  result(): Value {
    const sum = this.#sum.result();
    if (!isNumeric(sum)) return null;
    return sum instanceof Float
      ? new Float(sum.value / this.#count)
      : calculate("/", toDecimal(sum), toDecimal(this.#count));
  }
}

/** Texts are compared as numbers for as long as all of them read as numbers. */
class Extreme implements Accumulator {
  readonly #direction: number;
  #best: Value = null;
  #bestNumber: Value = null;
  #allNumbers = true;

  constructor(direction: number) {
    this.#direction = direction;
  }

  add(value: Value): void {
    if (this.#allNumbers) {
      const number = typeof value === "string" ? parseNumber(value) : value;
      if (typeof value === "string" && number === undefined) this.#allNumbers = false;
      else this.#bestNumber = this.#better(this.#bestNumber, number);
    }
    this.#best = this.#better(this.#best, value);
  }

  #better(best: Value, value: Value): Value {
    return best === null || (compareValues(value, best) ?? 0) * this.#direction > 0 ? value : best;
  }

  result(): Value {
    return this.#allNumbers ? this.#bestNumber : this.#best;
  }
}
