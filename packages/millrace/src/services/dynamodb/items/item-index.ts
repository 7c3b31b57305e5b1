import { type AttributeValue, attributeOf, type Item } from "../values/attribute-value.ts";
import { encodeHashKey, encodeScalar, type ItemKey, noBytes } from "../values/key-bytes.ts";
import { compareNumbers } from "../values/number.ts";

/** An index as the item table keeps it: where an item lies in it, if it does. */
export interface ItemIndex {
  /** Part of the name of its SQLite table; never used again. */
  readonly id: string;
  /** What errors and capacities call it; undefined for an index of our own. */
  readonly name: string | undefined;
  entryOf(item: Item): ItemKey | undefined;
}

/** A secondary index: holds the items that have all of its key attributes. */
export class SecondaryIndex implements ItemIndex {
  readonly id: string;
  readonly name: string;
  readonly #hash: string;
  readonly #range: string | undefined;

  constructor(id: string, name: string, keys: { readonly hash: string; readonly range?: string }) {
    this.id = id;
    this.name = name;
    this.#hash = keys.hash;
    this.#range = keys.range;
  }

  entryOf(item: Item): ItemKey | undefined {
    const hash = scalarOf(item, this.#hash);
    if (hash === undefined) return undefined;
    if (this.#range === undefined) return { hash: encodeHashKey(hash), range: noBytes };
    const range = scalarOf(item, this.#range);
    return range && { hash: encodeHashKey(hash), range: encodeScalar(range) };
  }
}

function scalarOf(item: Item, name: string): AttributeValue | undefined {
  const value = attributeOf(item, name);
  return value !== undefined && ("S" in value || "N" in value || "B" in value) ? value : undefined;
}

/** Seconds since the epoch that fit into the index: beyond the year 100,000. */
const maxExpirySeconds = "9999999999999";

/** When items expire, by an attribute that holds seconds since the epoch. */
export class ExpiryIndex implements ItemIndex {
  readonly id: string;
  readonly name = undefined;
  readonly #attribute: string;

  constructor(id: string, attribute: string) {
    this.id = id;
    this.#attribute = attribute;
  }

  entryOf(item: Item): ItemKey | undefined {
    const seconds = this.secondsOf(item);
    return seconds === undefined ? undefined : { hash: expiryBytes(seconds), range: noBytes };
  }

  /** When an item expires; undefined when it never does. */
  secondsOf(item: Item): number | undefined {
    const value = attributeOf(item, this.#attribute);
    if (value === undefined || !("N" in value) || value.N.startsWith("-")) return undefined;
    return compareNumbers(value.N, maxExpirySeconds) > 0 ? undefined : Math.floor(Number(value.N));
  }
}

/** Seconds as bytes in the order of time. */
export function expiryBytes(seconds: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(Math.max(seconds, 0)));
  return bytes;
}
