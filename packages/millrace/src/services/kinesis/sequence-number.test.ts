import { describe, expect, it } from "vitest";
import {
  endingSequenceNumber,
  parseSequenceNumber,
  SequenceCounter,
  sequenceNumberAt,
  startingSequenceNumber,
} from "./sequence-number.ts";

const shard = { index: 17, createdSeconds: 1_700_000_000 };

describe("sequence numbers", () => {
  it("have AWS's layout: 56 digits that start with 49 for today's times", () => {
    const text = sequenceNumberAt({ index: 0, createdSeconds: 1_795_000_000 }, 0, 1_795_000_001_000);
    expect(text).toMatch(/^49\d{54}$/);
  });

  it("carry the shard and the offset", () => {
    for (const offset of [0, 1, 499, 2 ** 40, Number.MAX_SAFE_INTEGER - 1]) {
      const text = sequenceNumberAt(shard, offset, 1_800_000_000_123);
      expect(parseSequenceNumber(text)).toEqual({ shard, offset });
    }
    expect(parseSequenceNumber(startingSequenceNumber(shard))).toEqual({ shard, offset: -1 });
    expect(parseSequenceNumber(endingSequenceNumber(shard, 1_900_000_000))?.offset).toBe(
      Number.POSITIVE_INFINITY,
    );
  });

  it("sort in the order of the log, between the shard's starting and ending number", () => {
    const counter = new SequenceCounter(shard, 5, 1_700_000_009_000);
    const texts = [
      startingSequenceNumber(shard),
      sequenceNumberAt(shard, 0, 1_700_000_000_000),
      sequenceNumberAt(shard, 4, 1_700_000_099_000),
      counter.next(),
      counter.next(),
      endingSequenceNumber(shard, 1_700_000_100),
    ];
    const values = texts.map(BigInt);
    for (let i = 1; i < values.length; i++) expect(values[i]).toBeGreaterThan(values[i - 1] ?? 0n);
    expect(texts[4]).toBe(sequenceNumberAt(shard, 6, 1_700_000_009_500));
  });

  it.each(["", "0", "1", "-49", "49x", "9".repeat(60), "1".repeat(56), "9".repeat(5000)])(
    "refuses %j",
    (text) => expect(parseSequenceNumber(text)).toBeUndefined(),
  );
});
