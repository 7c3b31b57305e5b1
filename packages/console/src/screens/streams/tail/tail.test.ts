import { beforeAll, describe, expect, it } from "vitest";
import { type Codecs, loadCodecs } from "../decode/codecs.ts";
import { Newest } from "./newest.ts";
import { RecordFilter } from "./record-filter.ts";
import { TailRecord } from "./tail-record.ts";

let codecs: Codecs;
beforeAll(async () => {
  codecs = await loadCodecs();
});

function record(data: unknown, key = "k"): TailRecord {
  const text = typeof data === "string" ? data : JSON.stringify(data);
  return new TailRecord(
    1,
    "shardId-000000000000",
    { SequenceNumber: "1", PartitionKey: key, Data: new TextEncoder().encode(text) },
    codecs,
  );
}

describe("Newest", () => {
  const of = (maxItems: number, maxBytes: number): Newest<{ readonly size: number }> =>
    new Newest({ maxItems, maxBytes }, ({ size }) => size);

  it("keeps the newest, and counts those that are gone", () => {
    const newest = of(3, 1_000);
    for (let size = 1; size <= 5; size++) newest.add({ size });
    expect(newest.toArray().map(({ size }) => size)).toEqual([5, 4, 3]);
    expect(newest.forgotten).toBe(2);
    newest.clear();
    expect([newest.size, newest.forgotten]).toEqual([0, 0]);
    newest.add({ size: 9 });
    expect(newest.toArray()).toEqual([{ size: 9 }]);
  });

  it("keeps no more bytes than it may, but always one", () => {
    const newest = of(100, 10);
    for (let i = 0; i < 20; i++) newest.add({ size: 4 });
    expect([newest.size, newest.forgotten]).toEqual([2, 18]);
    newest.add({ size: 50 });
    expect(newest.toArray()).toEqual([{ size: 50 }]);
  });
});

describe("RecordFilter", () => {
  const matches = (query: string, data: unknown, key?: string): boolean =>
    new RecordFilter(query).matches(record(data, key));

  it("finds words in records and keys, all of them, whatever their case", () => {
    expect(matches("", "anything")).toBe(true);
    expect(matches("hello WORLD", "Hello, world")).toBe(true);
    expect(matches("hello mars", "Hello, world")).toBe(false);
    expect(matches('"hello, world"', "Hello, world")).toBe(true);
    expect(matches("user-7", "x", "user-7")).toBe(true);
    expect(matches("-hello", "Hello")).toBe(false);
    expect(matches("-mars", "Hello")).toBe(true);
  });

  it("compares fields", () => {
    const flight = { origin: "JFK", delay: 12, carrier: { name: "Blue Sky" }, late: true, gate: null };
    expect(matches("origin=JFK delay>9", flight)).toBe(true);
    expect(matches("delay>=12 delay<100", flight)).toBe(true);
    expect(matches("delay>100", flight)).toBe(false);
    expect(matches('carrier.name="Blue Sky"', flight)).toBe(true);
    expect(matches("carrier.age=3", flight)).toBe(false);
    expect(matches("origin!=JFK", flight)).toBe(false);
    expect(matches("nothing!=JFK", flight)).toBe(true);
    expect(matches("late=true gate=null", flight)).toBe(true);
    expect(matches("constructor=x", flight)).toBe(false);
    expect(matches("@key=a", flight, "a")).toBe(true);
    expect(matches("origin=JFK", "origin=JFK")).toBe(false);
    expect(matches("origin=JFK", '{"origin":"LAX"}\n{"origin":"JFK"}')).toBe(true);
  });
});
