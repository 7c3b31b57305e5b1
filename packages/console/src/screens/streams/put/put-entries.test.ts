import { expect, it } from "vitest";
import { batchesOf, type PutOptions, putEntries } from "./put-entries.ts";

const options: PutOptions = { isByLine: false, key: { kind: "fixed", key: "k" }, explicitHashKey: "" };
const random = (): string => "r";
const texts = (text: string, change: Partial<PutOptions>): readonly (readonly [string, string])[] =>
  putEntries(text, { ...options, ...change }, random).map(({ Data, PartitionKey }) => [
    new TextDecoder().decode(Data),
    PartitionKey,
  ]);

it("puts one record as it is, or each line", () => {
  expect(texts("a\nb\n", {})).toEqual([["a\nb\n", "k"]]);
  expect(texts("a\r\n\n  \nb", { isByLine: true })).toEqual([
    ["a", "k"],
    ["b", "k"],
  ]);
  expect(putEntries("a", { ...options, explicitHashKey: "5" }, random)[0]?.ExplicitHashKey).toBe("5");
});

it("takes keys out of fields, or makes them", () => {
  const field = { isByLine: true, key: { kind: "field", field: "user.id" } } as const;
  expect(texts('{"user":{"id":7}}\n{"user":{"id":"x"}}', field).map(([, key]) => key)).toEqual(["7", "x"]);
  expect(() => texts('{"user":{"id":7}}\n{"user":null}', field)).toThrow("Line 2 has no field user.id");
  expect(() => texts("no json", field)).toThrow("Line 1");
  expect(texts("a", { key: { kind: "random" } })).toEqual([["a", "r"]]);
});

it("makes calls of at most 500 records and 4 MiB", () => {
  const entry = (size: number) => ({ Data: new Uint8Array(size), PartitionKey: "k" });
  expect(batchesOf(Array.from({ length: 1_001 }, () => entry(1))).map((batch) => batch.length)).toEqual([
    500, 500, 1,
  ]);
  expect(
    batchesOf([entry(3_000_000), entry(3_000_000), entry(5_000_000)]).map((batch) => batch.length),
  ).toEqual([1, 1, 1]);
  expect(batchesOf([])).toEqual([]);
});
