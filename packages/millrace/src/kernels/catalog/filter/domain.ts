import type { PartitionKey } from "../partition-key.ts";
import type { Filter, Literal, Operator } from "./filter.ts";

export interface Bound {
  readonly value: Literal;
  readonly inclusive: boolean;
}

/** The values from `low` to `high`; an end without a bound is open. */
export interface Interval {
  readonly low?: Bound | undefined;
  readonly high?: Bound | undefined;
}

/** Intervals in ascending order that do not overlap; none when no value can match. */
export type Domain = readonly Interval[];

const everything: Domain = Object.freeze([{}]);

/**
 * What a key's value must be for the filter to hold, or more: the domain leaves nothing out, so that an index
 * can be searched by it, but what is found must still pass the filter.
 */
export function domainOf(filter: Filter, key: PartitionKey, negated: boolean = false): Domain {
  switch (filter.kind) {
    case "not":
      return domainOf(filter.operand, key, !negated);
    case "and":
    case "or": {
      const domains = filter.operands.map((operand) => domainOf(operand, key, negated));
      const meet = (filter.kind === "and") !== negated;
      return meet ? domains.reduce(intersection) : union(domains);
    }
    case "compare":
      return filter.key.position === key.position
        ? compareDomain(filter.operator, filter.value, negated)
        : everything;
    case "between":
      return filter.key.position === key.position ? betweenDomain(filter, negated) : everything;
    case "in":
      if (filter.key.position !== key.position || filter.negated !== negated) return everything;
      return union(filter.values.map((value) => [pointOf(value)]));
    case "like":
      return filter.key.position === key.position && filter.negated === negated
        ? likeDomain(filter.pattern)
        : everything;
    case "null":
      return everything;
  }
}

/** The value when the interval has no other. */
export function pointIn({ low, high }: Interval): Literal | undefined {
  if (low === undefined || high === undefined || !low.inclusive || !high.inclusive) return undefined;
  return low.value === high.value ? low.value : undefined;
}

/** The order in which SQLite keeps values of one kind: numbers by size, text by the bytes of UTF-8. */
export function compareLiterals(a: Literal, b: Literal): number {
  if (typeof a === "bigint" || typeof b === "bigint") return a < b ? -1 : a > b ? 1 : 0;
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

const pointOf = (value: Literal): Interval => {
  const bound: Bound = { value, inclusive: true };
  return { low: bound, high: bound };
};

const opposites: Readonly<Record<Operator, Operator>> = {
  "=": "<>",
  "<>": "=",
  "<": ">=",
  "<=": ">",
  ">": "<=",
  ">=": "<",
};

function compareDomain(operator: Operator, value: Literal, negated: boolean): Domain {
  switch (negated ? opposites[operator] : operator) {
    case "=":
      return [pointOf(value)];
    case "<>":
      return everything;
    case "<":
      return [{ high: { value, inclusive: false } }];
    case "<=":
      return [{ high: { value, inclusive: true } }];
    case ">":
      return [{ low: { value, inclusive: false } }];
    case ">=":
      return [{ low: { value, inclusive: true } }];
  }
}

function betweenDomain(filter: Extract<Filter, { kind: "between" }>, negated: boolean): Domain {
  const { low, high } = filter;
  if (filter.negated === negated)
    return kept([{ low: { value: low, inclusive: true }, high: { value: high, inclusive: true } }]);
  const outside = [
    [{ high: { value: low, inclusive: false } }],
    [{ low: { value: high, inclusive: false } }],
  ];
  return union(outside);
}

function likeDomain(pattern: string): Domain {
  const wild = pattern.search(/[%_]/);
  if (wild < 0) return [pointOf(pattern)];
  const prefix = pattern.slice(0, wild);
  if (prefix === "") return everything;
  const after = successorOf(prefix);
  const low: Bound = { value: prefix, inclusive: true };
  return [after === undefined ? { low } : { low, high: { value: after, inclusive: false } }];
}

/** The least text that is greater than all that begin with the prefix; undefined when there is none. */
function successorOf(prefix: string): string | undefined {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    if (last === 0x10_ffff) continue;
    // Surrogates are no characters of their own.
    const next = last + 1 === 0xd800 ? 0xe000 : last + 1;
    return String.fromCodePoint(...points, next);
  }
  return undefined;
}

function intersection(a: Domain, b: Domain): Domain {
  const met: Interval[] = [];
  let [atA, atB] = [0, 0];
  for (;;) {
    const [left, right] = [a[atA], b[atB]];
    if (left === undefined || right === undefined) return kept(met);
    met.push({ low: higherLow(left.low, right.low), high: lowerHigh(left.high, right.high) });
    if (lowerHigh(left.high, right.high) === left.high) atA++;
    else atB++;
  }
}

function union(domains: readonly Domain[]): Domain {
  const sorted = kept(domains.flat()).toSorted((a, b) => compareLows(a.low, b.low));
  const merged: Interval[] = [];
  for (const interval of sorted) {
    const last = merged.at(-1);
    if (last === undefined || !touches(last, interval)) merged.push(interval);
    else merged[merged.length - 1] = { low: last.low, high: higherHigh(last.high, interval.high) };
  }
  return merged;
}

/** Those that are not empty. */
function kept(intervals: readonly Interval[]): Domain {
  return intervals.filter(({ low, high }) => {
    if (low === undefined || high === undefined) return true;
    const order = compareLiterals(low.value, high.value);
    return order < 0 || (order === 0 && low.inclusive && high.inclusive);
  });
}

/** Whether the second, which does not begin before the first, leaves no gap after it. */
function touches(first: Interval, second: Interval): boolean {
  if (first.high === undefined || second.low === undefined) return true;
  const order = compareLiterals(second.low.value, first.high.value);
  return order < 0 || (order === 0 && (second.low.inclusive || first.high.inclusive));
}

function compareLows(a: Bound | undefined, b: Bound | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  return compareLiterals(a.value, b.value) || Number(b.inclusive) - Number(a.inclusive);
}

function compareHighs(a: Bound | undefined, b: Bound | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return compareLiterals(a.value, b.value) || Number(a.inclusive) - Number(b.inclusive);
}

const higherLow = (a: Bound | undefined, b: Bound | undefined): Bound | undefined =>
  compareLows(a, b) >= 0 ? a : b;
const lowerHigh = (a: Bound | undefined, b: Bound | undefined): Bound | undefined =>
  compareHighs(a, b) <= 0 ? a : b;
const higherHigh = (a: Bound | undefined, b: Bound | undefined): Bound | undefined =>
  compareHighs(a, b) >= 0 ? a : b;
