import { describe, expect, it } from "vitest";
import { ManualClock } from "../core/clock.ts";
import { type IdempotencyKey, IdempotencyStore } from "./idempotency.ts";

const key: IdempotencyKey = {
  account: "000000000000",
  region: "us-east-1",
  service: "batch",
  operation: "CreateThing",
  token: "t-1",
};
const mismatch = (): Error => new Error("mismatch");

function counter(): { calls: number; call: () => Promise<number> } {
  const state = { calls: 0, call: async () => ++state.calls };
  return state;
}

describe("IdempotencyStore", () => {
  it("runs once for one token and the same input, whatever the order of members", async () => {
    const store = new IdempotencyStore({ clock: new ManualClock() });
    const { call } = counter();
    expect(await store.run(key, { a: 1, b: Buffer.from("x") }, call, mismatch)).toBe(1);
    expect(await store.run(key, { b: Buffer.from("x"), a: 1 }, call, mismatch)).toBe(1);
  });

  it("keeps accounts, regions, operations and tokens apart", async () => {
    const store = new IdempotencyStore({ clock: new ManualClock() });
    const { call } = counter();
    const others = [
      { account: "111111111111" },
      { region: "eu-west-1" },
      { operation: "Other" },
      { token: "t-2" },
    ];
    await store.run(key, {}, call, mismatch);
    const results = await Promise.all(
      others.map((other) => store.run({ ...key, ...other }, {}, call, mismatch)),
    );
    expect(results).toEqual([2, 3, 4, 5]);
  });

  it.each([
    [{ a: 1 }, { a: 2 }],
    [{ a: Buffer.from("x") }, { a: "eA==" }],
    [{ a: new Date(5) }, { a: 5 }],
    [{ a: ["x", "y"] }, { a: ["y", "x"] }],
  ])("refuses the token for another input: %o, then %o", async (first, second) => {
    const store = new IdempotencyStore({ clock: new ManualClock() });
    const { call } = counter();
    await store.run(key, first, call, mismatch);
    await expect(store.run(key, second, call, mismatch)).rejects.toThrow("mismatch");
  });

  it("lets a repetition wait for a call that is still running", async () => {
    const store = new IdempotencyStore({ clock: new ManualClock() });
    const gate = Promise.withResolvers<string>();
    const first = store.run(key, {}, () => gate.promise, mismatch);
    const second = store.run(key, {}, () => "never", mismatch);
    gate.resolve("done");
    expect(await Promise.all([first, second])).toEqual(["done", "done"]);
  });

  it("forgets a call that failed, after telling all who waited for it", async () => {
    const store = new IdempotencyStore({ clock: new ManualClock() });
    const fail = (): never => {
      throw new Error("full");
    };
    const both = await Promise.allSettled([
      store.run(key, {}, fail, mismatch),
      store.run(key, {}, fail, mismatch),
    ]);
    expect(both.map((result) => result.status)).toEqual(["rejected", "rejected"]);
    expect(await store.run(key, {}, () => "again", mismatch)).toBe("again");
  });

  it("forgets after 24 hours, and the oldest first when there are too many", async () => {
    const clock = new ManualClock();
    const store = new IdempotencyStore({ clock, maxEntries: 3 });
    const { call } = counter();
    await store.run(key, {}, call, mismatch);
    clock.advance(24 * 3_600_000 - 1);
    expect(await store.run(key, {}, call, mismatch)).toBe(1);
    clock.advance(1);
    expect(await store.run(key, {}, call, mismatch)).toBe(2);
    for (const token of ["a", "b", "c"]) await store.run({ ...key, token }, {}, call, mismatch);
    expect(store.size).toBe(3);
    expect(await store.run(key, {}, call, mismatch)).toBe(6);
  });
});
