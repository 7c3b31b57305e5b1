import { expect, it } from "vitest";
import { Store } from "../../core/store.ts";
import { commitEdits } from "./document-table.ts";
import { EventTable } from "./event-table.ts";
import { clusterEvent } from "./events.ts";
import { limits } from "./limits.ts";

const owner = { account: "000000000000", region: "us-east-1" };

it("keeps so many events, in memory and on disk, the newest ones", async () => {
  const store = new Store({ path: ":memory:", sync: "off" });
  const table = new EventTable();
  const surplus = 10;
  for (let index = 0; index < limits.eventsKept + surplus; index++)
    await commitEdits(store, table.note(owner, index, clusterEvent("created", `c${index}`)));
  expect(table.list(owner, 0)).toHaveLength(limits.eventsKept);
  const again = new EventTable();
  again.load(store);
  expect(again.list(owner, 0)).toEqual(table.list(owner, 0));
  expect(again.list(owner, 0)[0]?.source).toBe(`c${surplus}`);
  expect(again.list({ ...owner, region: "eu-west-1" }, 0)).toEqual([]);
  store.close();
});

it("keeps them for so long", async () => {
  const store = new Store({ path: ":memory:", sync: "off" });
  const table = new EventTable();
  await commitEdits(store, table.note(owner, 0, clusterEvent("created", "old")));
  expect(table.list(owner, limits.eventsKeptMs)).toEqual([]);
  await commitEdits(store, table.note(owner, limits.eventsKeptMs, clusterEvent("created", "new")));
  expect(store.all("events")).toHaveLength(1);
  store.close();
});

it("names are put into messages as they are", () => {
  expect(clusterEvent("renamed", "a", "$&").message).toBe("Cluster a was renamed to $&.");
});
