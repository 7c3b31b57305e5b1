import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Store } from "./store.ts";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "millrace-store-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

const open = (): Store => new Store({ path: join(dir, "state.sqlite"), sync: "full" });

describe("Store", () => {
  it("keeps what was committed over a restart, in the order of the keys", async () => {
    const store = open();
    await Promise.all([
      store.commit([{ collection: "streams", key: "b", put: { shards: 2 } }]),
      store.commit([{ collection: "streams", key: "a", put: { shards: 1 } }]),
      store.commit([{ collection: "other", key: "a", put: 1 }]),
    ]);
    store.close();
    const again = open();
    expect(again.all("streams")).toEqual([
      ["a", { shards: 1 }],
      ["b", { shards: 2 }],
    ]);
    await again.commit([{ collection: "streams", key: "a" }]);
    expect(again.all("streams")).toEqual([["b", { shards: 2 }]]);
    again.close();
  });

  it("applies all changes of a commit or none, and spares its neighbours in the group", async () => {
    const store = open();
    const circular: Record<string, unknown> = {};
    circular["self"] = circular;
    const results = await Promise.allSettled([
      store.commit([{ collection: "c", key: "before", put: 1 }]),
      store.commit([
        { collection: "c", key: "half", put: 1 },
        { collection: "c", key: "bad", put: circular },
      ]),
      store.commit([{ collection: "c", key: "after", put: 1 }]),
    ]);
    expect(results.map((result) => result.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(store.all("c").map(([key]) => key)).toEqual(["after", "before"]);
    store.close();
  });

  it("flushes what is waiting when it is closed, and refuses what comes later", async () => {
    const store = open();
    const late = store.commit([{ collection: "c", key: "k", put: "v" }]);
    store.close();
    await late;
    await expect(store.commit([])).rejects.toThrow("closed");
    const again = open();
    expect(again.all("c")).toEqual([["k", "v"]]);
    again.close();
  });
});
