import { expect, test } from "vitest";
import { AssertionError } from "../../core/assert.ts";
import { ManualClock } from "../../core/clock.ts";
import { BlobNames } from "./blob-names.ts";

const owner = "0123456789abcdef";
const clock = new ManualClock(Date.UTC(2026, 10, 22, 4, 5, 6));

function names(options: { readonly prefix?: string; readonly owner?: string } = {}): BlobNames {
  return new BlobNames({ prefix: "p/", owner, clock, ...options });
}

test("a key says whose blob it is and when its store was opened", () => {
  const own = names();
  expect(own.key(own.create())).toMatch(/^p\/0123456789abcdef\/20261122T040506-[0-9a-f]{8}\/[0-9a-f]{32}$/);
  expect(own.create()).not.toBe(own.create());
});

test("older are the blobs of other runs of the same owner below the same prefix", () => {
  const own = names();
  const former = names();
  expect(own.olderId(own.key(own.create()))).toBeUndefined();
  const id = former.create();
  expect(own.olderId(former.key(id))).toBe(id);
  const others = [names({ owner: "f".repeat(16) }), names({ prefix: "" }), names({ prefix: "p/p/" })];
  for (const other of others) expect(own.olderId(other.key(other.create()))).toBeUndefined();
  for (const key of ["p/0123456789abcdef/", "p/0123456789abcdef/notes.txt", "p/0123456789abcdef/x/y"])
    expect(own.olderId(key)).toBeUndefined();
});

test.each(["", "..", "../x", `${owner}/20261122T040506-00000000/../x`, "000001/short"])(
  "%j is no blob",
  (id) => {
    expect(() => names().key(id)).toThrow(AssertionError);
  },
);

test.each(["", "short", "G".repeat(16), "0123456789ABCDEF"])("%j is no owner", (wrong) => {
  expect(() => names({ owner: wrong })).toThrow(AssertionError);
});
