import type { StatementSync } from "node:sqlite";
import type { Item } from "../values/attribute-value.ts";
import { toBuffer } from "../values/compare.ts";
import { afterAllKeys, type ItemKey, justAfter, noBytes } from "../values/key-bytes.ts";
import { decodeItem } from "../values/stored-item.ts";
import type { ItemDatabase } from "./item-database.ts";

/** Where a page goes on: the last item's key, and its place in the index that is read, if one is. */
export interface Position {
  readonly key: ItemKey;
  readonly entry?: ItemKey;
}

export interface KeyRange {
  readonly hash: Buffer;
  /** The first range key, and the first behind the last. */
  readonly from: Buffer;
  readonly until: Buffer;
  readonly isForward: boolean;
  readonly after?: Position;
}

export interface ScanRange {
  /** The first hash key, and the first behind the last; all when not given. */
  readonly from?: Buffer;
  readonly until?: Buffer;
  readonly after?: ItemKey | Position;
}

/** A row as it was read; its item is decoded when asked for. */
export class Row {
  readonly key: ItemKey;
  /** Bytes of the whole item. */
  readonly size: number;
  readonly #value: string;

  constructor([hash, range, size, value]: readonly unknown[]) {
    this.key = { hash: toBuffer(hash as Uint8Array), range: toBuffer(range as Uint8Array) };
    this.size = size as number;
    this.#value = value as string;
  }

  item(): Item {
    return decodeItem(this.#value);
  }
}

const columns = "items.hash, items.range, items.size, items.value";

/** Reads a table's items in the order of their keys, or in the order of an index. */
export class RowReader {
  readonly #database: ItemDatabase;
  readonly #items: string;
  readonly #index: string | undefined;
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: ItemDatabase, items: string, index: string | undefined) {
    this.#database = database;
    this.#items = items;
    this.#index = index;
  }

  *query(range: KeyRange): Iterable<Row> {
    const { hash, isForward, after } = range;
    const [direction, beyond] = isForward ? ["ASC", ">"] : ["DESC", "<"];
    const order = this.#index === undefined ? ["range"] : ["range", "key_hash", "key_range"];
    const orderBy = order.map((column) => `place.${column} ${direction}`).join(", ");
    const bounds = "place.hash = ? AND place.range >= ? AND place.range < ?";
    const { from, until } = narrowed(range, this.#index === undefined);
    if (this.#index === undefined || after === undefined) {
      yield* this.#rows(`${bounds} ORDER BY ${orderBy}`, [hash, from, until]);
      return;
    }
    const ties = `(place.range, place.key_hash, place.key_range) ${beyond} (?, ?, ?)`;
    const last = [after.entry?.range ?? noBytes, after.key.hash, after.key.range];
    yield* this.#rows(`${bounds} AND ${ties} ORDER BY ${orderBy}`, [hash, from, until, ...last]);
  }

  *scan({ from = noBytes, until = afterAllKeys, after }: ScanRange): Iterable<Row> {
    const position = after === undefined || "key" in after ? after : { key: after };
    const key = position?.key ?? { hash: from, range: noBytes };
    if (this.#index === undefined) {
      const where = "(place.hash, place.range) > (?, ?) AND place.hash < ?";
      yield* this.#rows(`${where} ORDER BY place.hash, place.range`, [key.hash, key.range, until]);
      return;
    }
    const entry = position?.entry ?? { hash: from, range: noBytes };
    const last = position === undefined ? [noBytes, noBytes] : [key.hash, key.range];
    const all = "place.hash, place.range, place.key_hash, place.key_range";
    const where = `(${all}) > (?, ?, ?, ?) AND place.hash < ?`;
    yield* this.#rows(`${where} ORDER BY ${all}`, [entry.hash, entry.range, ...last, until]);
  }

  *#rows(clauses: string, values: readonly Buffer[]): Iterable<Row> {
    let statement = this.#statements.get(clauses);
    if (statement === undefined) {
      const source =
        this.#index === undefined
          ? `${this.#items} AS place`
          : `${this.#index} AS place CROSS JOIN ${this.#items} AS items
             ON items.hash = place.key_hash AND items.range = place.key_range`;
      const selected = this.#index === undefined ? columns.replaceAll("items.", "place.") : columns;
      statement = this.#database.prepare(`SELECT ${selected} FROM ${source} WHERE ${clauses}`);
      this.#statements.set(clauses, statement);
    }
    for (const row of statement.iterate(...values)) yield new Row(row as unknown as readonly unknown[]);
  }
}

/** The bounds of a range key when a page goes on; ties of an index are left to the query. */
function narrowed(
  { from, until, isForward, after }: KeyRange,
  isTable: boolean,
): { from: Buffer; until: Buffer } {
  const last = isTable ? after?.key.range : after?.entry?.range;
  if (last === undefined) return { from, until };
  const behind = justAfter(last);
  if (isForward) {
    const start = isTable ? behind : last;
    return { from: Buffer.compare(start, from) > 0 ? start : from, until };
  }
  const end = isTable ? last : behind;
  return { from, until: Buffer.compare(end, until) < 0 ? end : until };
}
