import { expect, it } from "vitest";
import { publicSchema } from "../cluster/database.ts";
import { newRelation, plainColumn } from "../statements/new-relation.ts";
import { CatalogSnapshot } from "./catalog-snapshot.ts";
import { CatalogView } from "./catalog-view.ts";
import type { CatalogRecord, RelationRecord } from "./records.ts";

const seed = 20_260_301;

function seeded(from: number): (below: number) => number {
  let state = from >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function table(oid: number, name: string, dependsOn: readonly number[] = []): RelationRecord {
  return newRelation({
    oid,
    schemaOid: 1,
    name,
    type: dependsOn.length > 0 ? "view" : "table",
    ownerId: 100,
    columns: [plainColumn(1, "a", { name: "integer" })],
    dependsOn,
    createdAtMs: 0,
  });
}

const temporarySchema = { ...publicSchema(50_001), name: "pg_temp_1" };

it(`transactions that touch different objects merge in any order to what they did (seed ${seed})`, () => {
  const random = seeded(seed);
  for (let round = 0; round < 200; round++) {
    const records = new Map<number, CatalogRecord>([[1, publicSchema(1)]]);
    for (let oid = 2; oid < 12; oid++) records.set(oid, table(oid, `t${oid}`));
    let committed = new CatalogSnapshot(records.values());
    const open = [0, 1, 2].map(() => new CatalogView(committed, CatalogSnapshot.empty, temporarySchema));
    // Locks see to it that an object belongs to one transaction at a time.
    for (let oid = 2; oid < 20; oid++) {
      const view = open[random(open.length)];
      const known = records.get(oid);
      const choice = random(3);
      if (choice === 0 && known !== undefined) {
        view?.remove(known);
        records.delete(oid);
      } else if (choice === 1) {
        const made = table(oid, `t${oid}_${random(100)}`);
        view?.put(made);
        records.set(oid, made);
      }
    }
    const order = [...open];
    while (order.length > 0) {
      const [view] = order.splice(random(order.length), 1);
      if (view !== undefined) committed = committed.with(view.changes);
    }
    const byOid = (a: CatalogRecord, b: CatalogRecord): number => a.oid - b.oid;
    expect([...committed.records()].sort(byOid)).toEqual([...records.values()].sort(byOid));
    for (const record of records.values())
      if (record.kind === "relation") expect(committed.relation(1, record.name)).toBe(record);
    expect([...committed.relationsOf(1)]).toHaveLength(records.size - 1);
  }
});

it("a view of a transaction sees its own changes, and nobody else does", () => {
  const base = new CatalogSnapshot([publicSchema(1), table(2, "a"), table(3, "v", [2])]);
  const view = new CatalogView(base, CatalogSnapshot.empty, temporarySchema);
  view.put({ ...table(2, "b"), oid: 2 });
  view.put({ ...table(9, "mine"), schemaOid: temporarySchema.oid });
  expect(view.relation(1, "a")).toBeUndefined();
  expect(view.relation(1, "b")?.oid).toBe(2);
  expect(view.dependents(2).map(({ name }) => name)).toEqual(["v"]);
  expect(view.relation(temporarySchema.oid, "mine")?.oid).toBe(9);
  expect(view.schema("pg_temp")).toBe(temporarySchema);
  expect([...view.changes.keys()]).toEqual([2]);
  expect(base.relation(1, "a")?.oid).toBe(2);
  expect(view.permanent.relation(temporarySchema.oid, "mine")).toBeUndefined();
});
