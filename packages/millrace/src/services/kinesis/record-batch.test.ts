import { describe, expect, it } from "vitest";
import { encodeRecordBatch, RecordBatchReader } from "./record-batch.ts";

function batchOf(records: readonly { key: string; data: Buffer; hash?: bigint }[]): Buffer {
  const keys = Buffer.from(records.map(({ key }) => key).join(""));
  let at = 0;
  const keyEnds = Uint32Array.from(records, ({ key }) => {
    at += Buffer.byteLength(key);
    return at;
  });
  const explicitHashKeys = records.map(({ hash }) => hash);
  const dataBytes = records.reduce((sum, { data }) => sum + data.length, 0);
  return encodeRecordBatch(
    { records: records.map(({ data }) => ({ Data: data })), keys, keyEnds, explicitHashKeys },
    records.map((_record, position) => position),
    keys.length + dataBytes,
  );
}

describe("record batches", () => {
  const records = [
    { key: "a", data: Buffer.from("first") },
    { key: "schlüssel-ключ-鍵", data: Buffer.alloc(0) },
    { key: "k".repeat(256), data: Buffer.alloc(70_000, 7), hash: 0n },
    { key: "b", data: Buffer.from([0, 255]), hash: (1n << 128n) - 1n },
  ];

  it("give back each record, in any order", () => {
    const reader = new RecordBatchReader(batchOf(records), records.length);
    for (const index of [3, 0, 2, 1]) {
      const { key, data, hash } = records[index] ?? { key: "", data: Buffer.alloc(0), hash: undefined };
      expect(reader.at(index)).toEqual({ partitionKey: key, data, explicitHashKey: hash });
      expect(reader.countedBytes(index)).toBe(Buffer.byteLength(key) + data.length);
    }
  });

  it("refuse a payload that was cut anywhere", () => {
    const payload = batchOf(records.slice(0, 2));
    for (let length = 0; length < payload.length; length++) {
      expect(() => new RecordBatchReader(payload.subarray(0, length), 2)).toThrow(RangeError);
    }
  });
});
