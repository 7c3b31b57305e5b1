import { describe, expect, it } from "vitest";
import { seededRandom } from "../log/log-fixture.ts";
import { type Batch, toOffset } from "../log/port.ts";
import { encodePlain, encodeTraced, plainKind, positionOf, RecordSink, tracedKind } from "./record-codec.ts";

function batch(kind: number, payload: Buffer, count: number): Batch {
  return { firstOffset: toOffset(100), count, kind, flags: 0, appendTimeMs: 7, maxTimeMs: 7, payload };
}

const origin = { partitionKey: "schlüssel", sequenceNumber: "4959", shardId: "shardId-000000000000" };

describe("records in a log's batches", () => {
  it("come back as they were put, as views on the payload", () => {
    const data = [Buffer.from("a"), Buffer.alloc(0), Buffer.from("ccc")];
    const payload = encodePlain(data, 4);
    const taken = new RecordSink();
    taken.take(batch(plainKind, payload, 3), toOffset(0));
    expect(
      taken.records.map(({ data, offset, arrivalTimeMs }) => [`${data}`, offset, arrivalTimeMs]),
    ).toEqual([
      ["a", 100, 7],
      ["", 101, 7],
      ["ccc", 102, 7],
    ]);
    expect(taken.records.every(({ data }) => data.buffer === payload.buffer)).toBe(true);
    const later = new RecordSink();
    later.take(batch(plainKind, payload, 3), toOffset(102));
    expect(later.records.map(({ data }) => `${data}`)).toEqual(["ccc"]);
  });

  it("keep origin, partition keys and failure, and the place of their lane", () => {
    const partitionKeys = { query: { customer: "1" }, lambda: { day: "2026-01-01" } };
    const failure = {
      outputType: "processing-failed",
      errorCode: "Lambda.FunctionError",
      errorMessage: "boom",
      attemptsMade: 4,
      attemptEndedMs: 99,
      details: { lambdaArn: "arn" },
    };
    const payload = encodeTraced("lane", "position", [
      { data: Buffer.from("a"), arrivalTimeMs: 1 },
      { data: Buffer.from("b"), arrivalTimeMs: 2.5, origin, partitionKeys },
      { data: Buffer.from("c"), arrivalTimeMs: 3, origin: { ...origin, subSequenceNumber: 5 }, failure },
    ]);
    const found = batch(tracedKind, payload, 3);
    expect(positionOf(found)).toEqual({ lane: "lane", position: "position" });
    const taken = new RecordSink();
    taken.take(found, toOffset(0));
    expect(taken.records).toEqual([
      { data: Buffer.from("a"), arrivalTimeMs: 1, offset: 100 },
      { data: Buffer.from("b"), arrivalTimeMs: 2.5, offset: 101, origin, partitionKeys },
    ]);
    const record = {
      data: Buffer.from("c"),
      arrivalTimeMs: 3,
      offset: 102,
      origin: { ...origin, subSequenceNumber: 5 },
    };
    expect(taken.failed).toEqual([{ ...failure, record }]);
  });

  it("may be none, when only the place of a lane moves", () => {
    const found = batch(tracedKind, encodeTraced("", "17", []), 1);
    const taken = new RecordSink();
    taken.take(found, toOffset(0));
    expect(taken.records).toEqual([]);
    expect(positionOf(found)).toEqual({ lane: "", position: "17" });
    expect(positionOf(batch(plainKind, Buffer.alloc(4), 1))).toBeUndefined();
  });

  it("are refused when a payload is not whole", () => {
    const plain = encodePlain([Buffer.from("abc"), Buffer.from("de")], 5);
    const traced = encodeTraced("lane", "1", [{ data: Buffer.from("abc"), arrivalTimeMs: 1, origin }]);
    for (const [kind, payload, count] of [
      [plainKind, plain, 2],
      [tracedKind, traced, 1],
    ] as const) {
      for (let length = 0; length < payload.length; length++) {
        const cut = batch(kind, payload.subarray(0, length), count);
        expect(() => new RecordSink().take(cut, toOffset(0))).toThrow(RangeError);
      }
      const longer = batch(kind, Buffer.concat([payload, Buffer.alloc(1)]), count);
      expect(() => new RecordSink().take(longer, toOffset(0))).toThrow(RangeError);
    }
    expect(() => new RecordSink().take(batch(9, plain, 2), toOffset(0))).toThrow("unknown kind");
  });

  it("come back whatever they are", () => {
    const random = seededRandom(8);
    for (let trial = 0; trial < 100; trial++) {
      const records = Array.from({ length: Math.floor(random() * 20) }, (_, i) => ({
        data: Buffer.alloc(Math.floor(random() * 50), i),
        arrivalTimeMs: Math.floor(random() * 1e13),
        ...(random() < 0.5 && { origin }),
        ...(random() < 0.3 && { partitionKeys: { query: { [`k${i}`]: "ü".repeat(i) } } }),
      }));
      const taken = new RecordSink();
      const payload = encodeTraced("l".repeat(trial), "p", records);
      taken.take(batch(tracedKind, payload, Math.max(records.length, 1)), toOffset(0));
      expect(taken.records).toEqual(records.map((record, i) => ({ ...record, offset: 100 + i })));
    }
  });
});
