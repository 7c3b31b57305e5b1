import { createHash } from "node:crypto";

export interface TestUserRecord {
  readonly key: string;
  readonly hashKey?: string;
  readonly data: string | Uint8Array;
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let left = value;
  for (; left >= 0x80; left = Math.floor(left / 128)) bytes.push((left % 128) | 0x80);
  return Buffer.from([...bytes, left]);
}

function bytesField(field: number, bytes: Uint8Array): Buffer {
  return Buffer.concat([varint(field * 8 + 2), varint(bytes.byteLength), bytes]);
}

/** A message between the magic number and its digest. */
export function sealedMessage(message: Uint8Array): Buffer {
  const digest = createHash("md5").update(message).digest();
  return Buffer.concat([Buffer.from([0xf3, 0x89, 0x9a, 0xc2]), message, digest]);
}

/** What the Kinesis Producer Library makes of records. */
export function aggregate(records: readonly TestUserRecord[]): Buffer {
  const keys = [...new Set(records.map(({ key }) => key))];
  const hashKeys = [...new Set(records.flatMap(({ hashKey }) => (hashKey === undefined ? [] : [hashKey])))];
  return sealedMessage(
    Buffer.concat([
      ...keys.map((key) => bytesField(1, Buffer.from(key))),
      ...hashKeys.map((key) => bytesField(2, Buffer.from(key))),
      ...records.map(({ key, hashKey, data }) =>
        bytesField(
          3,
          Buffer.concat([
            Buffer.from([1 * 8]),
            varint(keys.indexOf(key)),
            ...(hashKey === undefined ? [] : [Buffer.from([2 * 8]), varint(hashKeys.indexOf(hashKey))]),
            bytesField(3, Buffer.from(data)),
          ]),
        ),
      ),
    ]),
  );
}
