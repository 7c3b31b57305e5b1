import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Store } from "../../core/store.ts";
import { DocumentTable, type Owner } from "./document-table.ts";

interface Thing extends Owner {
  readonly name: string;
  readonly size: number;
}

const owner: Owner = { account: "000000000000", region: "us-east-1" };
let directory: string;
let store: Store;
let table: DocumentTable<Thing>;

function open(): void {
  store = new Store({ path: join(directory, "state.sqlite"), sync: "off" });
  table = new DocumentTable(store, "things", ({ name }) => name);
  table.load();
}

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "millrace-documents-"));
  open();
});

afterEach(() => {
  store.close();
  rmSync(directory, { recursive: true, force: true });
});

const put = (name: string, size: number, of: Owner = owner) =>
  table.change(() => table.put({ ...of, name, size }));
const names = (of: Owner = owner) => table.list(of).map(({ name }) => name);

it("keeps documents by account, region and any name", async () => {
  const odd = ["b", "a/b", "a", "__proto__", "ü", " "];
  for (const name of odd) await put(name, 1);
  await put("a", 2, { ...owner, region: "eu-west-1" });
  await put("a", 3, { ...owner, account: "111111111111" });
  store.close();
  open();
  expect(names()).toEqual([...odd].sort());
  expect(table.count(owner)).toBe(odd.length);
  expect(table.get(owner, "a")?.size).toBe(1);
  expect(table.get({ ...owner, region: "eu-west-1" }, "a")?.size).toBe(2);
});

it("runs changes one after the other, each on the outcome of the last", async () => {
  await put("a", 0);
  const add = () =>
    table.change(async () => {
      const size = table.get(owner, "a")?.size ?? 0;
      await table.put({ ...owner, name: "a", size: size + 1 });
    });
  await Promise.all(Array.from({ length: 20 }, add));
  expect(table.get(owner, "a")?.size).toBe(20);
});

it("goes on after a change that fails", async () => {
  const failing = table.change(() => Promise.reject(new Error("no")));
  const next = put("a", 1);
  await expect(failing).rejects.toThrow("no");
  await next;
  expect(names()).toEqual(["a"]);
});

it("removes and forgets for good", async () => {
  for (const name of ["a", "b", "c"]) await put(name, 1);
  await table.change(() => table.remove(table.list(owner).slice(0, 2)));
  store.close();
  open();
  expect(names()).toEqual(["c"]);
  await table.reset();
  store.close();
  open();
  expect(names()).toEqual([]);
});
