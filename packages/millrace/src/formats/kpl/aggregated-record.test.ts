import { describe, expect, it } from "vitest";
import { looksAggregated, userRecords } from "./aggregated-record.ts";
import { aggregate, sealedMessage } from "./test-aggregate.ts";

/** Keys, hash keys and data. */
function apart(record: Buffer): readonly unknown[] | undefined {
  return userRecords(record)?.map(({ partitionKey, explicitHashKey, start, end }) => [
    partitionKey,
    explicitHashKey,
    record.toString("utf8", start, end),
  ]);
}

describe("an aggregated record", () => {
  it("is the records of its user", () => {
    const record = aggregate([
      { key: "a", data: "one" },
      { key: "b", hashKey: "7", data: "" },
      { key: "a", data: "x".repeat(300) },
    ]);
    expect(apart(record)).toEqual([
      ["a", undefined, "one"],
      ["b", "7", ""],
      ["a", undefined, "x".repeat(300)],
    ]);
    expect(apart(aggregate([]))).toEqual([]);
  });

  it("may have fields that nobody knows", () => {
    // 8 bytes, 4 bytes, a varint and bytes.
    const unknown = Buffer.from("3900000000000000003d000000004001" + "4a0161", "hex");
    const record = aggregate([{ key: "a", data: "one" }]);
    const message = record.subarray(4, record.byteLength - 16);
    expect(apart(sealedMessage(Buffer.concat([unknown, message])))).toEqual([["a", undefined, "one"]]);
  });
});

describe("what is no aggregated record", () => {
  const whole = aggregate([{ key: "key", hashKey: "1", data: "some data" }]);

  it.each([
    ["nothing", Buffer.alloc(0)],
    ["a text", Buffer.from('{"a":1}')],
    ["the magic number alone", whole.subarray(0, 4)],
    [
      "one with a wrong digest",
      Buffer.concat([whole.subarray(0, -1), Buffer.from([(whole.at(-1) ?? 0) ^ 1])]),
    ],
    ["a field that is cut short", sealedMessage(Buffer.from([0x0a, 0x05, 0x61]))],
    [
      "a length beyond all bytes",
      sealedMessage(Buffer.from([0x1a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f])),
    ],
    ["a varint without an end", sealedMessage(Buffer.alloc(12, 0xff))],
    ["a wire type that is none", sealedMessage(Buffer.from([0x0f]))],
    ["a key that is not in the table", sealedMessage(Buffer.from([0x1a, 0x04, 0x08, 0x00, 0x1a, 0x00]))],
    ["a record without a key", sealedMessage(Buffer.from([0x1a, 0x02, 0x1a, 0x00]))],
    ["a record without data", sealedMessage(Buffer.from([0x0a, 0x01, 0x61, 0x1a, 0x02, 0x08, 0x00]))],
  ])("%s is a record as it is", (_name, bytes) => {
    expect(userRecords(bytes)).toBeUndefined();
  });

  it("is found out wherever it is cut, and whatever bit is wrong", () => {
    for (let length = 0; length < whole.byteLength; length += 1)
      expect(userRecords(whole.subarray(0, length))).toBeUndefined();
    for (let bit = 0; bit < whole.byteLength * 8; bit += 1) {
      const wrong = Buffer.from(whole);
      wrong[bit >> 3] = (wrong[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(userRecords(wrong)).toBeUndefined();
    }
  });

  it("is never more than its bytes say, with a digest that fits", () => {
    const message = whole.subarray(4, whole.byteLength - 16);
    for (let at = 0; at < message.byteLength; at += 1)
      for (const byte of [0, 1, 0x7f, 0x80, 0xff]) {
        const wrong = Buffer.from(message);
        wrong[at] = byte;
        for (const { start, end } of userRecords(sealedMessage(wrong)) ?? []) {
          expect(start).toBeLessThanOrEqual(end);
          expect(end).toBeLessThanOrEqual(message.byteLength + 4);
        }
      }
  });
});

it("is looked for at the beginning of a record alone", () => {
  const record = Buffer.concat([Buffer.from("x"), aggregate([{ key: "a", data: "b" }])]);
  expect(looksAggregated(record, 0, record.byteLength)).toBe(false);
  expect(looksAggregated(record, 1, record.byteLength)).toBe(true);
  expect(looksAggregated(record, 1, 5)).toBe(false);
});
