import { expect, it } from "vitest";
import { batchesOf, type OutgoingRecord } from "./batches.ts";

async function sizes(
  records: readonly number[],
  limits: { records: number; bytes: number },
): Promise<number[][]> {
  async function* given(): AsyncGenerator<OutgoingRecord> {
    for (const bytes of records) yield { partitionKey: "k", data: new Uint8Array(bytes - 1) };
  }
  const found: number[][] = [];
  for await (const batch of batchesOf(given(), limits)) found.push(batch.map(({ data }) => data.length + 1));
  return found;
}

it("fills batches by count and by bytes, keys included", async () => {
  expect(await sizes([1, 1, 1, 1, 1], { records: 2, bytes: 100 })).toEqual([[1, 1], [1, 1], [1]]);
  expect(await sizes([60, 40, 1, 100, 50, 51], { records: 9, bytes: 100 })).toEqual([
    [60, 40],
    [1],
    [100],
    [50],
    [51],
  ]);
});

it("hands on alone what is too large, for the service to refuse", async () => {
  expect(await sizes([5, 500, 5], { records: 9, bytes: 100 })).toEqual([[5], [500], [5]]);
});

it("makes no batch of nothing", async () => {
  expect(await sizes([], { records: 9, bytes: 100 })).toEqual([]);
});
