import { describe, expect, it } from "vitest";
import { scope, TestCatalog } from "./test-catalog.ts";

describe("partitions", () => {
  it("survive a restart, whatever is in their values", async () => {
    await using made = await TestCatalog.start({ onDisk: true });
    const table = await made.table("t", { a: "string", b: "string" });
    const hostile = [
      ["", ""],
      ['"],["', "\\"],
      ["'; DROP TABLE partition_keys --", "%_*?["],
      ["\u0000", "\n\t"],
      ["é\u{1f600}", "x".repeat(1000)],
      ["a", "b,c"],
      ["a,b", "c"],
    ];
    await made.add(table, ...hostile);
    await made.restart();
    for (const values of hostile)
      expect(made.catalog.partitions.find(made.find("t"), values)?.values).toEqual(values);
    const found = await made.values(made.find("t"));
    expect(found.map((values) => JSON.stringify(values)).toSorted()).toEqual(
      hostile.map((values) => JSON.stringify(values)).toSorted(),
    );
  });

  it("are told one by one what became of a batch", async () => {
    await using made = await TestCatalog.start();
    const table = await made.table("t", { a: "string" });
    await made.add(table, ["old"]);
    const inputs = [["old"], ["new"], ["new"], ["a", "b"], [], ["y".repeat(5000)]].map((values) => ({
      values,
      definition: {},
    }));
    const outcomes = await made.catalog.partitions.createAll(table, inputs);
    expect(outcomes.map((outcome) => outcome?.refusal)).toEqual([
      "exists",
      undefined,
      "exists",
      "invalid",
      "invalid",
      "invalid",
    ]);
    expect(await made.values(table)).toEqual([["new"], ["old"]]);
  });

  it("are updated and deleted in batches", async () => {
    await using made = await TestCatalog.start();
    const { partitions } = made.catalog;
    const table = await made.table("t", { a: "string" });
    await made.add(table, ["1"], ["2"]);
    const definition = { Parameters: { rows: "5" }, LastAccessTime: new Date(1000) };
    const updates = [
      { values: ["1"], definition },
      { values: ["9"], definition },
    ];
    expect((await partitions.updateAll(table, updates)).map((failure) => failure?.refusal)).toEqual([
      undefined,
      "not-found",
    ]);
    expect(partitions.find(table, ["1"])?.definition).toEqual(definition);
    expect((await partitions.deleteAll(table, [["1"], ["1"]])).map((failure) => failure?.message)).toEqual([
      undefined,
      "Cannot find partition.",
    ]);
    expect(await made.values(table)).toEqual([["2"]]);
  });

  it("cannot be written into a table that is gone", async () => {
    await using made = await TestCatalog.start();
    const table = await made.table("t", { a: "string" });
    await made.catalog.tables.delete(made.catalog.databases.get(scope, "shop"), "t");
    await expect(made.add(table, ["1"])).rejects.toMatchObject({ refusal: "not-found", what: "table" });
    await made.catalog.idle();
    expect(made.count("partition_keys")).toBe(0);
  });

  it("are told apart by their text and compared by their type", async () => {
    await using made = await TestCatalog.start();
    const table = await made.table("t", { n: "int" });
    await made.add(table, ["1"], ["01"], ["10"], ["9"], ["x"]);
    expect(await made.values(table, "n = 1")).toEqual([["01"], ["1"]]);
    expect(await made.values(table, "n < 10")).toEqual([["01"], ["1"], ["9"]]);
    expect(await made.values(table, "n IS NULL")).toEqual([["x"]]);
  });

  it("are split over segments without gap or overlap", async () => {
    await using made = await TestCatalog.start();
    const table = await made.table("t", { n: "int" });
    await made.add(table, ...Array.from({ length: 1000 }, (_, n) => [String(n)]));
    for (const total of [1, 3, 7, 10]) {
      const seen: string[] = [];
      for (let number = 0; number < total; number++) {
        const before = seen.length;
        for await (const { values } of made.catalog.partitions.iterate(table, { segment: { number, total } }))
          seen.push(values[0] ?? "");
        expect(seen.length - before).toBeGreaterThan(500 / total);
      }
      expect(new Set(seen).size).toBe(1000);
      expect(seen).toHaveLength(1000);
    }
  });

  it("come in pages that end where there are none left, over many slices", async () => {
    await using made = await TestCatalog.start();
    const { partitions } = made.catalog;
    const table = await made.table("t", { n: "int" });
    await made.add(table, ...Array.from({ length: 12_000 }, (_, n) => [String(n)]));
    const first = await partitions.page(table, { expression: "n IN (3, 11999, 7000)", limit: 2 });
    expect(first.items.map(({ values }) => values)).toEqual([["11999"], ["3"]]);
    const last = await partitions.page(table, {
      expression: "n IN (3, 11999, 7000)",
      limit: 2,
      after: first.next,
    });
    expect(last).toMatchObject({ items: [{ values: ["7000"] }], next: undefined });
    const exact = await partitions.page(table, { expression: "n < 2", limit: 2 });
    expect(exact).toMatchObject({ items: [{}, {}], next: undefined });
  });

  it("let others have their turn during a long search, which can be given up", async () => {
    await using made = await TestCatalog.start();
    const table = await made.table("t", { n: "int" });
    await made.add(table, ...Array.from({ length: 12_000 }, (_, n) => [String(n)]));
    const abort = new AbortController();
    const search = made.catalog.partitions.page(table, {
      expression: "n < 0",
      limit: 1,
      signal: abort.signal,
    });
    setImmediate(() => abort.abort());
    await expect(search).rejects.toThrow("aborted");
  });

  it("end a page early when their definitions are long", async () => {
    await using made = await TestCatalog.start();
    const table = await made.table("t", { n: "int" });
    const definition = { Parameters: { long: "x".repeat(500_000) } };
    const inputs = Array.from({ length: 20 }, (_, n) => ({ values: [String(n)], definition }));
    await made.catalog.partitions.createAll(table, inputs);
    const page = await made.catalog.partitions.page(table, { limit: 1000 });
    expect(page.items).toHaveLength(9);
    expect(page.next).toMatchObject({ name: JSON.stringify(page.items.at(-1)?.values) });
    expect(await made.values(table)).toHaveLength(20);
  });

  it("get the new types when a table's keys change, unless that cannot be", async () => {
    await using made = await TestCatalog.start();
    const { tables } = made.catalog;
    const table = await made.table("t", { n: "string" });
    await made.add(table, ["9"], ["10"]);
    const keyed = (...types: string[]) => ({
      PartitionKeys: types.map((Type, at) => ({ Name: `n${at || ""}`, Type })),
    });
    await tables.update(table, { definition: keyed("int") });
    expect(await made.values(made.find("t"), "n < 10")).toEqual([["9"]]);
    await expect(tables.update(table, { definition: keyed("int", "int") })).rejects.toMatchObject({
      refusal: "invalid",
    });
    await made.catalog.partitionIndexes.create(made.find("t"), { name: "i", keys: ["n"] });
    await expect(tables.update(table, { definition: keyed("string") })).rejects.toMatchObject({
      refusal: "invalid",
    });
    await made.catalog.idle();
  });
});
