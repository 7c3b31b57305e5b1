import type { SnapshotColumn, SnapshotPart } from "../operator.ts";
import { columnOf } from "./restore-slots.ts";
import { SlotIntegers } from "./slot-numbers.ts";

/** How a row that is not there yet compares with stored ones; below 0: it comes before. */
export type RowComparison = (stored: number) => number;

/**
 * Sorted sequences of row numbers, one a root: treaps whose nodes are the rows themselves, with the sizes of
 * subtrees, so that a row's rank and the row of a rank take time by the logarithm of the sequence. The links lie
 * beside the rows (`states`), the roots beside the keys. -1 is no node.
 */
export class RankTrees {
  readonly #left: SlotIntegers = new SlotIntegers(-1);
  readonly #right: SlotIntegers = new SlotIntegers(-1);
  readonly #size: SlotIntegers = new SlotIntegers(1);
  readonly #priority: SlotIntegers = new SlotIntegers();
  readonly root: SlotIntegers = new SlotIntegers(-1);

  /** To be attached to the rows; `root` is to be attached to the keys. */
  get states(): readonly SlotIntegers[] {
    return [this.#left, this.#right, this.#size, this.#priority];
  }

  sizeOf(key: number): number {
    return this.#sizeOfNode(this.root.values[key] as number);
  }

  /** How many rows come before a row, or are equal to it when `countsEqual`. */
  rankOf(key: number, compare: RowComparison, countsEqual: boolean): number {
    let node = this.root.values[key] as number;
    let before = 0;
    while (node >= 0) {
      const order = compare(node);
      if (order > 0 || (order === 0 && countsEqual)) {
        before += this.#sizeOfNode(this.#left.values[node] as number) + 1;
        node = this.#right.values[node] as number;
      } else node = this.#left.values[node] as number;
    }
    return before;
  }

  /** The row at a place from 0; -1 behind the end. */
  at(key: number, place: number): number {
    let node = this.root.values[key] as number;
    let wanted = place;
    while (node >= 0) {
      const left = this.#left.values[node] as number;
      const leftSize = this.#sizeOfNode(left);
      if (wanted < leftSize) node = left;
      else if (wanted === leftSize) return node;
      else {
        wanted -= leftSize + 1;
        node = this.#right.values[node] as number;
      }
    }
    return -1;
  }

  /** Puts a row to a place from 0. */
  insert(key: number, place: number, row: number): void {
    this.#left.values[row] = -1;
    this.#right.values[row] = -1;
    this.#size.values[row] = 1;
    this.#priority.values[row] = scatter(row);
    const [before, after] = this.#split(this.root.values[key] as number, place);
    this.root.values[key] = this.#merge(this.#merge(before, row), after);
  }

  /** Takes the row of a place out. @returns its number */
  remove(key: number, place: number): number {
    const [before, rest] = this.#split(this.root.values[key] as number, place);
    const [row, after] = this.#split(rest, 1);
    this.root.values[key] = this.#merge(before, after);
    return row;
  }

  #sizeOfNode(node: number): number {
    return node < 0 ? 0 : (this.#size.values[node] as number);
  }

  #measure(node: number): void {
    const left = this.#sizeOfNode(this.#left.values[node] as number);
    this.#size.values[node] = left + this.#sizeOfNode(this.#right.values[node] as number) + 1;
  }

  /** The first `count` rows, and the others. */
  #split(node: number, count: number): readonly [number, number] {
    if (node < 0) return [-1, -1];
    const left = this.#left.values[node] as number;
    const leftSize = this.#sizeOfNode(left);
    if (count <= leftSize) {
      const [first, second] = this.#split(left, count);
      this.#left.values[node] = second;
      this.#measure(node);
      return [first, node];
    }
    const [first, second] = this.#split(this.#right.values[node] as number, count - leftSize - 1);
    this.#right.values[node] = first;
    this.#measure(node);
    return [node, second];
  }

  #merge(first: number, second: number): number {
    if (first < 0) return second;
    if (second < 0) return first;
    if ((this.#priority.values[first] as number) >= (this.#priority.values[second] as number)) {
      this.#right.values[first] = this.#merge(this.#right.values[first] as number, second);
      this.#measure(first);
      return first;
    }
    this.#left.values[second] = this.#merge(first, this.#left.values[second] as number);
    this.#measure(second);
    return second;
  }

  get bytes(): number {
    return this.states.reduce((sum, { bytes }) => sum + bytes, this.root.bytes);
  }

  snapshotRows(count: number): SnapshotColumn[] {
    return [
      this.#left.snapshot("left", count),
      this.#right.snapshot("right", count),
      this.#size.snapshot("size", count),
      this.#priority.snapshot("priority", count),
    ];
  }

  restore(
    parts: { readonly keys: SnapshotPart; readonly rows: SnapshotPart },
    keys: Int32Array,
    rows: Int32Array,
  ): void {
    this.#left.restoreLinks(columnOf(parts.rows, "left"), rows, rows);
    this.#right.restoreLinks(columnOf(parts.rows, "right"), rows, rows);
    this.#size.restore(columnOf(parts.rows, "size"), rows);
    this.#priority.restore(columnOf(parts.rows, "priority"), rows);
    this.root.restoreLinks(columnOf(parts.keys, "root"), keys, rows);
  }
}

/** A priority that depends on the row's number alone, so that repeated rounds build the same trees. */
function scatter(row: number): number {
  let hash = Math.imul(row + 1, 0x9e3779b1);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x85ebca6b);
  return hash ^ (hash >>> 13);
}
