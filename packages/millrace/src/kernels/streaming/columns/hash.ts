import type { Column } from "../batch.ts";
import { keyGroupCount } from "../operator.ts";

/*
 * Hashes of keys: the steps and the finish of MurmurHash3 (32 bits). Equal keys have equal hashes whatever the
 * lane: whole numbers are hashed as their 64 bits, be they doubles, bigints or 32 bits wide; -0 is 0; NaN is one
 * value; NULL is a value of its own. Hashes are kept in snapshots as key groups: a change of them is a change of
 * the format of snapshots.
 */

const nullHash = 0x2545f491;
const two32 = 4_294_967_296;
const bits = new Float64Array(1);
const words = new Int32Array(bits.buffer);

/** Writes the hash of each row's key columns. `out` has at least `rowCount` elements. */
export function hashRows(
  columns: readonly Column[],
  keys: readonly number[],
  rowCount: number,
  out: Int32Array,
): void {
  out.fill(0, 0, rowCount);
  for (const key of keys) hashColumn(columns[key] as Column, rowCount, out);
  for (let row = 0; row < rowCount; row += 1) out[row] = finish(out[row] as number);
}

/** The hash of one row's key. */
export function hashRow(columns: readonly Column[], keys: readonly number[], row: number): number {
  let hash = 0;
  for (const key of keys) {
    const column = columns[key] as Column;
    const isNull = column.nulls !== undefined && column.nulls[row] === 1;
    hash = mix(hash, isNull ? nullHash : hashLaneValue(column.values[row]));
  }
  return finish(hash);
}

function hashColumn(column: Column, rowCount: number, out: Int32Array): void {
  const { values, nulls } = column;
  if (nulls !== undefined) {
    for (let row = 0; row < rowCount; row += 1) {
      out[row] = mix(out[row] as number, nulls[row] === 1 ? nullHash : hashLaneValue(values[row]));
    }
  } else if (values instanceof Float64Array) {
    for (let row = 0; row < rowCount; row += 1) {
      out[row] = mix(out[row] as number, hashNumber(values[row] as number));
    }
  } else if (values instanceof Int32Array || values instanceof Uint8Array) {
    for (let row = 0; row < rowCount; row += 1) {
      out[row] = mix(out[row] as number, hashInteger(values[row] as number));
    }
  } else {
    for (let row = 0; row < rowCount; row += 1) out[row] = mix(out[row] as number, hashValue(values[row]));
  }
}

function hashLaneValue(value: unknown): number {
  return typeof value === "number" ? hashNumber(value) : hashValue(value);
}

function mix(hash: number, value: number): number {
  let k = Math.imul(value, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  const h = hash ^ Math.imul(k, 0x1b873593);
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}

function finish(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function hashInteger(value: number): number {
  return hashWords(value, value < 0 ? -1 : 0);
}

function hashWords(low: number, high: number): number {
  return high === 0 ? low : (mix(low, high) ^ 0x5bd1e995) | 0;
}

function hashNumber(value: number): number {
  const small = value | 0;
  if (small === value) return hashInteger(small);
  if (Number.isInteger(value) && value >= -9.223372036854776e18 && value < 9.223372036854776e18) {
    const high = Math.floor(value / two32);
    return hashWords((value - high * two32) | 0, high | 0);
  }
  bits[0] = Number.isNaN(value) ? Number.NaN : value;
  return hashWords(words[0] as number, words[1] as number);
}

function hashBigint(value: bigint): number {
  const low = Number(BigInt.asIntN(32, value));
  const high = BigInt.asIntN(64, value) >> 32n;
  const hash = hashWords(low, Number(high));
  const rest = value >> 63n;
  return rest === 0n || rest === -1n ? hash : mix(hash, hashBigint(value >> 64n));
}

/** Of strings, bytes, decimals and nested values. */
export function hashValue(value: unknown): number {
  switch (typeof value) {
    case "string":
      return hashString(value);
    case "number":
      return hashNumber(value);
    case "bigint":
      return hashBigint(value);
    case "boolean":
      return value ? 1 : 0;
    default:
      return hashNested(value);
  }
}

function hashString(text: string): number {
  let hash = text.length;
  for (let at = 0; at < text.length; at += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return hash;
}

function hashNested(value: unknown): number {
  if (value === null || value === undefined) return nullHash;
  if (value instanceof Uint8Array) {
    let hash = value.length;
    for (const byte of value) hash = (Math.imul(hash, 31) + byte) | 0;
    return hash;
  }
  if (Array.isArray(value)) {
    let hash = value.length;
    for (const element of value) hash = mix(hash, hashValue(element));
    return finish(hash);
  }
  if (value instanceof Map) {
    // The order of entries means nothing.
    let hash = value.size;
    for (const [key, entry] of value) hash = (hash + finish(mix(hashValue(key), hashValue(entry)))) | 0;
    return finish(hash);
  }
  throw new TypeError("not a value of a column");
}

/**
 * The key group of a hash: its upper bits, so that hash tables may use the lower ones within a group.
 */
export function keyGroupOf(hash: number): number {
  return hash >>> 25;
}

/** The subtask that has a key group. */
export function subtaskOfKeyGroup(keyGroup: number, subtasks: number): number {
  return Math.floor((keyGroup * subtasks) / keyGroupCount);
}

/** The key groups of a subtask: `from` to below `to`. */
export function keyGroupsOf(
  subtask: number,
  subtasks: number,
): { readonly from: number; readonly to: number } {
  return {
    from: Math.ceil((subtask * keyGroupCount) / subtasks),
    to: Math.ceil(((subtask + 1) * keyGroupCount) / subtasks),
  };
}
