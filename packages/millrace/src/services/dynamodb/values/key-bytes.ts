import type { AttributeValue } from "./attribute-value.ts";
import { toBuffer } from "./compare.ts";
import { encodeNumber } from "./number.ts";

/** Where an item lies: bytes that SQLite compares as DynamoDB compares keys. */
export interface ItemKey {
  /** Bucket and encoded hash key. */
  readonly hash: Buffer;
  /** Encoded range key; empty when the table has none. */
  readonly range: Buffer;
}

export const bucketBytes = 4;
export const noBytes: Buffer = Buffer.alloc(0);
/** Greater than each encoded key: no key is as long. */
export const afterAllKeys: Buffer = Buffer.alloc(2_100, 0xff);

/** A scalar's bytes: texts as UTF-8, numbers in an encoding that keeps their order, bytes as they are. */
export function encodeScalar(value: AttributeValue): Buffer {
  if ("S" in value) return Buffer.from(value.S);
  if ("N" in value) return encodeNumber(value.N);
  return "B" in value ? toBuffer(value.B) : noBytes;
}

/**
 * `hash => bucket[4] scalar`. The bucket is a hash of the scalar, so that a scan meets partitions in no
 * order that a client could come to rely on, and its segments are ranges of about the same size.
 */
export function encodeHashKey(value: AttributeValue): Buffer {
  const scalar = encodeScalar(value);
  const bytes = Buffer.allocUnsafe(bucketBytes + scalar.length);
  bytes.writeUInt32BE(bucketOf(scalar));
  scalar.copy(bytes, bucketBytes);
  return bytes;
}

/** FNV-1a with the final mixing of MurmurHash3, since similar keys must not share their first bits. */
function bucketOf(bytes: Buffer): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The first key behind this one. */
export function justAfter(key: Buffer): Buffer {
  return Buffer.concat([key, Buffer.from([0])]);
}

/** The first key behind all that begin with this prefix. */
export function afterPrefix(prefix: Buffer): Buffer {
  for (let length = prefix.length; length > 0; length--) {
    const last = prefix[length - 1] as number;
    if (last === 0xff) continue;
    const next = Buffer.from(prefix.subarray(0, length));
    next[length - 1] = last + 1;
    return next;
  }
  return afterAllKeys;
}
