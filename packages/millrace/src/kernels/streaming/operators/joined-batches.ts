import type { BoundExpression } from "../../../sql/flink/bound-expression.ts";
import type { Field, FlinkType } from "../../../sql/flink/types.ts";
import type { Column, RowKind } from "../batch.ts";
import { gatherColumnOrNull } from "../columns/index.ts";
import { type CompiledPredicate, compilePredicate } from "../expressions/index.ts";
import type { OperatorContext, Output, RoundContext } from "../operator.ts";
import type { RowStore } from "../state/index.ts";

/** Pairs that are put together at once. */
const pairsPerBatch = 4096;

/** What pairs are made of: columns by row number, growing under our feet. */
interface PairSides {
  readonly left: RowStore;
  readonly right: RowStore;
}

/**
 * Rows of two stores side by side, collected as numbers and gathered in bulk. -1 is a side of NULLs. Numbers must
 * stay as they are until `flush`.
 */
export class JoinedBatches {
  readonly #left: Int32Array = new Int32Array(pairsPerBatch);
  readonly #right: Int32Array = new Int32Array(pairsPerBatch);
  readonly #kinds: Uint8Array = new Uint8Array(pairsPerBatch);
  readonly #sides: PairSides;
  readonly #hasRight: boolean;
  #count = 0;
  #hasKinds = false;

  /** @param hasRight whether the right columns come out: not of semi and anti joins */
  constructor(sides: PairSides, hasRight: boolean) {
    this.#sides = sides;
    this.#hasRight = hasRight;
  }

  add(left: number, right: number, kind: RowKind, output: Output): void {
    if (this.#count === pairsPerBatch) this.flush(output);
    this.#left[this.#count] = left;
    this.#right[this.#count] = right;
    this.#kinds[this.#count] = kind;
    if (kind !== 0) this.#hasKinds = true;
    this.#count += 1;
  }

  flush(output: Output): void {
    const count = this.#count;
    if (count === 0) return;
    const columns = gatherSide(this.#sides.left, this.#left, count);
    if (this.#hasRight) columns.push(...gatherSide(this.#sides.right, this.#right, count));
    const kinds = this.#hasKinds ? this.#kinds.slice(0, count) : undefined;
    this.#count = 0;
    this.#hasKinds = false;
    output.push({ rowCount: count, columns, kinds });
  }
}

/** Rows by number; -1: NULLs. */
function gatherSide(store: RowStore, numbers: Int32Array, count: number): Column[] {
  let least = 0;
  for (let at = 0; at < count; at += 1) least = Math.min(least, numbers[at] as number);
  if (least >= 0) return store.gather(numbers, count);
  return store.columns.map((column) => gatherColumnOrNull(column.column(), numbers, count));
}

/** What a join asks of pairs besides equal keys: of candidates in bulk. */
export class PairCondition {
  readonly #predicate: CompiledPredicate | undefined;

  constructor(
    condition: BoundExpression | undefined,
    inputs: readonly (readonly Field[])[],
    context: OperatorContext,
  ) {
    const types: readonly FlinkType[] = inputs.flat().map(({ type }) => type);
    this.#predicate = condition === undefined ? undefined : compilePredicate(condition, types, context);
  }

  get isTrivial(): boolean {
    return this.#predicate === undefined;
  }

  /** The candidates for which the condition is true, moved to the front of both arrays. @returns how many */
  keep(sides: PairSides, left: Int32Array, right: Int32Array, count: number, round: RoundContext): number {
    if (this.#predicate === undefined || count === 0) return count;
    const columns = [...gatherSide(sides.left, left, count), ...gatherSide(sides.right, right, count)];
    const { rows, count: kept } = this.#predicate({ rowCount: count, columns, kinds: undefined }, round);
    for (let at = 0; at < kept; at += 1) {
      const from = rows[at] as number;
      left[at] = left[from] as number;
      right[at] = right[from] as number;
    }
    return kept;
  }
}
