import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BoundStatement, RelationUse } from "./name-space.ts";
import { TestEngine } from "./test-engine.ts";

let engine: TestEngine;

beforeAll(async () => {
  engine = await TestEngine.open();
  await engine.createTable("t", { a: "int", b: "int", s: "varchar(10)" });
  await engine.createTable(
    "ext",
    { a: "int", p: "varchar(10)", q: "int" },
    { kind: "external table", source: { kind: "scan" } },
  );
  await engine.createTable(
    "ext2",
    { a: "int", z: "int" },
    { kind: "external table", source: { kind: "scan" } },
  );
  const pg = await engine.createTable("pg", { oid: "oid", relname: "name", relid: "oid" });
  const columns = pg.columns.map((column) => (column.name === "oid" ? { ...column, hidden: true } : column));
  engine.setRelation({ ...pg, columns, kind: "system table", source: { kind: "scan" } });
  engine.createView("v", "select a, b + 1 as c from t");
});

afterAll(() => engine.close());

const shown = (use: RelationUse): string =>
  `${use.privilege} ${use.relation.name}(${[...use.columns].sort().join()})${use.asUser === undefined ? "" : ` as ${use.asUser}`}`;
const uses = (statement: BoundStatement): readonly string[] => statement.uses.map(shown).sort();

test.each([
  ["select count(*) from t", ["select t()"]],
  ["select a from t where b = 1", ["select t(a,b)"]],
  ["select c from v", ["select t(a,b) as owner", "select v(c)"]],
  ["insert into t (a, s) select a, 'x' from t x", ["insert t(a,s)", "select t(a)"]],
  ["update t set a = 1", ["update t(a)"]],
  ["update t set a = b where s = 'x'", ["select t(b,s)", "update t(a)"]],
  ["delete from t", ["delete t()"]],
  ["delete from t where a = 1", ["delete t()", "select t(a)"]],
  ["select * from t join ext using (a)", ["select ext(a,p,q)", "select t(a,b,s)"]],
])("%s", (text, expected) => {
  expect(uses(engine.bind(text))).toEqual(expected);
});

test("columns of the answer say which table's column they are", () => {
  const { columns } = engine.bind("select a, a + 1, s as x from t");
  expect(columns.map((column) => column.origin?.column.name)).toEqual(["a", undefined, "s"]);
});

describe("the catalog", () => {
  test("names and numbers of its objects are cast by the session", () => {
    const statement = engine.bind("select 't'::regclass::oid, oid from pg where relid = 't'::regclass");
    expect(statement.sql(() => "s")).toMatch(/catalog_regclass_oid\('t'\).*catalog_regclass_oid\('t'\)/s);
    expect(statement.reusable).toBe(false);
  });

  test("hidden columns can be named, but `*` leaves them out", () => {
    const names = (text: string): readonly string[] => engine.bind(text).columns.map((column) => column.name);
    expect(names("select * from pg")).toEqual(["relname", "relid"]);
    expect(names("select p.* from pg p join pg q using (relid)")).toEqual(["relname", "relid"]);
    expect(names("select oid from pg")).toEqual(["oid"]);
  });

  test("the leader node takes correlations that compute nodes do not, and arrays of subqueries", () => {
    const text =
      "select array(select q.relname from pg q where q.oid = p.oid) from pg p where not exists " +
      "(select 1 from pg q where not exists (select 1 from pg r where r.oid = p.oid))";
    expect(engine.bind(text).columns[0]?.type).toMatchObject({ name: "array" });
    expect(engine.print("select 1 from pg where relname = any(array['a', 'b'])")).toContain(
      "list_contains(CAST(['a', 'b'] AS VARCHAR[])",
    );
    expect(() => engine.bind("select array(select a from t)")).toThrow(
      "ARRAY of a subquery is not supported",
    );
  });
});

describe("scans", () => {
  const scans = (text: string): readonly string[] =>
    engine
      .bind(text)
      .scans.map(
        (scan) =>
          `${scan.relation.name}(${[...scan.columns].sort().join()}): ${scan.predicates.map((one) => `${one.sql} [${one.columns.join()}]`).join(" ")}`,
      );

  test("get the columns that are needed, and the conditions over them alone", () => {
    expect(scans("select a from ext where q > 5 and p = 'x' and a < q and a = random()")).toEqual([
      `ext(a,p,q): ("c3" > 5) [q] ("c2" >= 'x' AND "c2" < 'x!' AND (rtrim("c2", ' ') = 'x')) [p] ("c1" < "c3") [a,q]`,
    ]);
    expect(
      scans("select e.a from ext e join t on e.a = t.a where t.b = 1 and e.q = t.b and e.q = 2"),
    ).toEqual(['ext(a,q): ("c3" = 2) [q]']);
  });

  test("get no condition where they may have no row", () => {
    expect(scans("select t.a from t left join ext e on e.a = t.a where e.q = 1")).toEqual(["ext(a,q): "]);
    expect(scans("select t.a from t, ext e where e.a(+) = t.a and e.q is null")).toEqual(["ext(a,q): "]);
  });

  test("stand once for each place, and make a statement one that is bound anew", () => {
    const statement = engine.bind("select x.a from ext x, ext y, ext2 z where x.a = y.a");
    expect(statement.scans.map((scan) => scan.id)).toEqual([1, 2, 3]);
    expect(statement.reusable).toBe(false);
    expect(statement.sql((scan) => `scan${scan.id}`)).toMatch(
      /FROM scan1 AS r\d+, scan2 AS r\d+, scan3 AS r\d+/,
    );
    expect(engine.bind("select a from t").reusable).toBe(true);
  });

  test("a condition on an alias of the select list is left to the statement", () => {
    expect(scans("select q + 1 as x from ext where x > 3")).toEqual(["ext(q): "]);
  });
});
