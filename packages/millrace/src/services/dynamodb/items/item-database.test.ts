import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ServiceError } from "../../../core/errors.ts";
import { silentLogger } from "../../../core/logger.ts";
import { encodeHashKey, noBytes } from "../values/key-bytes.ts";
import { ItemDatabase } from "./item-database.ts";
import { ItemTable } from "./item-table.ts";

const keyOf = (text: string): { hash: Buffer; range: Buffer } => ({
  hash: encodeHashKey({ S: text }),
  range: noBytes,
});

class Fixture implements Disposable {
  readonly directory: string = mkdtempSync(join(tmpdir(), "millrace-items-"));
  database: ItemDatabase = this.#open();
  table: ItemTable = new ItemTable(this.database, "a");

  #open(): ItemDatabase {
    return new ItemDatabase({
      path: join(this.directory, "items.sqlite"),
      isSynced: true,
      log: silentLogger,
    });
  }

  static async make(): Promise<Fixture> {
    const fixture = new Fixture();
    await fixture.database.write([fixture.table], () => fixture.table.create());
    return fixture;
  }

  put(text: string): Promise<unknown> {
    const { database, table } = this;
    return database.write([table], () => table.put(keyOf(text), table.get(keyOf(text)), { id: { S: text } }));
  }

  reopen(): void {
    this.database.close();
    this.database = this.#open();
    this.table = new ItemTable(this.database, "a");
  }

  [Symbol.dispose](): void {
    this.database.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

describe("ItemDatabase", () => {
  it("lets writers of one turn see each other and share a group", async () => {
    using fixture = await Fixture.make();
    const { database, table } = fixture;
    const first = fixture.put("a");
    const { pending } = table;
    const second = database.write([table], () => table.get(keyOf("a")));
    expect(pending).toBeDefined();
    expect(table.pending).toBe(pending);
    await first;
    expect(await second).toEqual({ id: { S: "a" } });
    expect(table.pending).toBeUndefined();
  });

  it("holds a reader's answer until what it saw is durable", async () => {
    using fixture = await Fixture.make();
    const { database, table } = fixture;
    const order: string[] = [];
    const written = fixture.put("a").then(() => order.push("written"));
    const read = Promise.resolve(database.read([table], () => table.get(keyOf("a")))).then((item) => {
      order.push("read");
      return item;
    });
    const other = new ItemTable(database, "other");
    expect(database.read([other], () => "at once")).toBe("at once");
    expect(order).toEqual([]);
    expect(await read).toEqual({ id: { S: "a" } });
    await written;
    expect(order.sort()).toEqual(["read", "written"]);
  });

  it("refuses one writer without harm to the others", async () => {
    using fixture = await Fixture.make();
    const { database, table } = fixture;
    const refusal = database.write([table], () => {
      throw new ServiceError("Refused", "no");
    });
    const written = fixture.put("a");
    await expect(refusal).rejects.toThrow("no");
    await written;
    fixture.reopen();
    expect(fixture.table.get(keyOf("a"))).toEqual({ id: { S: "a" } });
  });

  it("undoes the whole group when a statement fails, and goes on with the next", async () => {
    using fixture = await Fixture.make();
    const { database, table } = fixture;
    await fixture.put("kept");
    const neighbour = fixture.put("lost");
    const failing = database.write([table], () => database.define("CREATE TABLE nonsense ("));
    const outcomes = await Promise.allSettled([neighbour, failing]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(table.get(keyOf("lost"))).toBeUndefined();
    expect(table.counts.items).toBe(1);
    await fixture.put("next");
    expect(table.counts.items).toBe(2);
    fixture.reopen();
    expect([fixture.table.counts.items, fixture.table.get(keyOf("lost"))]).toEqual([2, undefined]);
  });

  it("makes what is open durable when it is closed, and takes nothing afterwards", async () => {
    using fixture = await Fixture.make();
    const written = fixture.put("a");
    // Now the flush of the first is under way, and the second waits for its turn.
    await new Promise((resolve) => setImmediate(resolve));
    const waiting = fixture.put("b");
    const { database, table } = fixture;
    database.close();
    await Promise.all([written, waiting]);
    await expect(database.write([table], () => undefined)).rejects.toThrow("closed");
    fixture.reopen();
    expect(fixture.table.get(keyOf("a"))).toEqual({ id: { S: "a" } });
    expect(fixture.table.get(keyOf("b"))).toEqual({ id: { S: "b" } });
  });
});
