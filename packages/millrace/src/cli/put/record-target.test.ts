import { expect, it } from "vitest";
import type { OutgoingRecord } from "./batches.ts";
import { putPatiently, type RecordTarget } from "./record-target.ts";

const records: readonly OutgoingRecord[] = ["a", "b", "c"].map((key) => ({
  partitionKey: key,
  data: Buffer.from(key),
}));

/** Takes one record of each call, the last one. */
function slowTarget(): RecordTarget & { readonly calls: string[] } {
  const calls: string[] = [];
  return {
    calls,
    text: "a slow target",
    limits: { records: 500, bytes: 1_000 },
    wantsLineFeeds: false,
    async put(given) {
      calls.push(given.map(({ partitionKey }) => partitionKey).join(""));
      return { records: given.slice(0, -1), reason: given.length > 1 ? "Slow: down." : undefined };
    },
  };
}

it("puts again only what was refused", async () => {
  const target = slowTarget();
  const refused = await putPatiently(target, records, 5, new AbortController().signal);
  expect(target.calls).toEqual(["abc", "ab", "a"]);
  expect(refused.records).toEqual([]);
});

it("gives up after its retries and says why", async () => {
  const target = slowTarget();
  const refused = await putPatiently(target, records, 1, new AbortController().signal);
  expect(target.calls).toEqual(["abc", "ab"]);
  expect(refused.records.map(({ partitionKey }) => partitionKey)).toEqual(["a"]);
  expect(refused.reason).toBe("Slow: down.");
});
