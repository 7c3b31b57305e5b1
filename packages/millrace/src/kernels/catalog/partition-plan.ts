import { type Bound, type Domain, domainOf, pointIn } from "./filter/domain.ts";
import type { Filter, Literal } from "./filter/filter.ts";
import { entryColumns, type PartitionIndexEntry } from "./partition-index.ts";
import type { PartitionKey } from "./partition-key.ts";

/** Rows whose first columns have these values, and whose next one lies between the bounds. */
export interface KeyRange {
  readonly equal: readonly Literal[];
  readonly low?: Bound | undefined;
  readonly high?: Bound | undefined;
}

/** Where a filter's partitions are looked for: everything that matches lies in one of the ranges. */
export interface PartitionPlan {
  /** Undefined for the table's own order, by names. */
  readonly index: PartitionIndexEntry | undefined;
  /** In ascending order, without overlap. Of names where there is no index: see `nameRange`. */
  readonly ranges: readonly KeyRange[];
}

/** More ranges than this are not worth it: the last key that made them so many is left to the filter. */
const maxRanges = 1000;

const wholeOrder: readonly KeyRange[] = Object.freeze([{ equal: [] }]);

/** Chooses the index that fixes the most keys, and the table's own order when none is better. */
export function planOf(
  filter: Filter | undefined,
  keys: readonly PartitionKey[],
  indexes: readonly PartitionIndexEntry[],
): PartitionPlan {
  if (filter === undefined) return { index: undefined, ranges: wholeOrder };
  const domains = keys.map((key) => domainOf(filter, key));
  let best: PartitionPlan = { index: undefined, ranges: rangesInNames(keys, domains) };
  for (const index of indexes) {
    if (index.status !== "ACTIVE") continue;
    const columns = index.keys.slice(0, entryColumns).map((position) => domains[position] ?? []);
    const plan: PartitionPlan = { index, ranges: rangesOf(columns) };
    if (score(plan) > score(best)) best = plan;
  }
  return best;
}

/** How much a plan narrows the search; no range at all is the best. */
function score({ ranges }: PartitionPlan): number {
  const [first] = ranges;
  if (first === undefined) return Number.MAX_SAFE_INTEGER;
  return first.equal.length * 2 + Number(first.low !== undefined || first.high !== undefined);
}

/** Only text can be looked for in names, because `1` and `01` are the same number under two names. */
function rangesInNames(keys: readonly PartitionKey[], domains: readonly Domain[]): readonly KeyRange[] {
  const columns: Domain[] = [];
  for (const { kind, position } of keys) {
    const domain = domains[position] ?? [];
    const isPoints = domain.every((interval) => pointIn(interval) !== undefined);
    if (kind !== "string" || !isPoints) break;
    columns.push(domain);
  }
  return rangesOf(columns);
}

/** The ranges of an order by several columns: points as long as there are any, then one column's intervals. */
function rangesOf(columns: readonly Domain[]): readonly KeyRange[] {
  let ranges: readonly KeyRange[] = wholeOrder;
  for (const domain of columns) {
    if (ranges.length * domain.length > maxRanges) return ranges;
    const points = domain.map(pointIn);
    if (points.includes(undefined)) {
      return ranges.flatMap(({ equal }) => domain.map(({ low, high }): KeyRange => ({ equal, low, high })));
    }
    ranges = ranges.flatMap(({ equal }) =>
      points.map((point): KeyRange => ({ equal: point === undefined ? equal : [...equal, point] })),
    );
  }
  return ranges;
}

/** The names that begin with these values, as `from <= name < to`. */
export function nameRange(
  { equal }: KeyRange,
  keyCount: number,
): { readonly from: string; readonly to: string } {
  if (equal.length === 0) return { from: "", to: "~" };
  const open = JSON.stringify(equal).slice(0, -1);
  // What follows in a name is a comma, or the bracket that ends it; `-` and `^` are the characters after them.
  return equal.length === keyCount
    ? { from: `${open}]`, to: `${open}^` }
    : { from: `${open},`, to: `${open}-` };
}
