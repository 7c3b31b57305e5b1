import { describe, expect, it } from "vitest";
import { parseStatement } from "./redshift-parser.ts";
import { bare, errorOf } from "./test-tree.ts";

const statement = (text: string): unknown => bare(parseStatement(text));
const path = (...names: string[]): unknown => ({ parts: names.map((name) => ({ name })) });

describe("INSERT", () => {
  it("takes values, DEFAULT among them", () => {
    expect(statement("insert into s.t (a, b) values (1, default), (2, f(3))")).toMatchObject({
      kind: "insert",
      table: path("s", "t"),
      columns: [{ name: "a" }, { name: "b" }],
      source: {
        kind: "query",
        body: {
          kind: "values",
          rows: [
            [{ text: "1" }, { kind: "default" }],
            [{}, { kind: "call" }],
          ],
        },
      },
    });
    expect(statement("insert into t default values")).not.toHaveProperty("source");
  });

  it.each([
    ["insert into t select 1", 0],
    ["insert into t (select 1)", 0],
    ["insert into t ((select 1) union (select 2))", 0],
    ["insert into t (a) (select 1)", 1],
    ["insert into t (a) with x as (select 1) select * from x", 1],
    ["insert into #t (a, b) (with x as (select 1) select * from x)", 2],
  ])("takes a query: %s", (text, columns) => {
    const insert = parseStatement(text);
    expect(insert.kind === "insert" ? [insert.columns.length, insert.source?.kind] : []).toEqual([
      columns,
      "query",
    ]);
  });

  it.each([
    ["insert t values (1)", 'syntax error at or near "t"', 7],
    ["insert into t", "syntax error at end of input", 13],
    ["insert into t values", "syntax error at end of input", 20],
    ["insert into t values ()", 'syntax error at or near ")"', 22],
    ["insert into t () values (1)", 'syntax error at or near ")"', 15],
    ["insert into t (a", "syntax error at end of input", 16],
    ["insert into t values (1) returning a", 'syntax error at or near "returning"', 25],
    ["with x as (select 1) insert into t select * from x", 'syntax error at or near "insert"', 21],
    ["insert into t set a = 1", 'syntax error at or near "set"', 14],
  ])("%s is refused", (text, message, position) => {
    expect(errorOf(text)).toMatchObject({ sqlState: "42601", message, position });
  });
});

describe("UPDATE", () => {
  it("sets columns, from other tables, too", () => {
    expect(
      statement("update t as x set a = 1, b = default from u join v on c where x.d = u.d"),
    ).toMatchObject({
      kind: "update",
      table: path("t"),
      alias: { name: "x" },
      assignments: [{ column: { name: "a" } }, { column: { name: "b" }, value: { kind: "default" } }],
      from: [{ kind: "join" }],
      where: { kind: "binary" },
    });
    expect(statement("with y as (select 1) update t set a = (select * from y)")).toMatchObject({
      kind: "update",
      with: { items: [{ name: { name: "y" } }] },
    });
    expect(statement("update t set set = 1")).toMatchObject({ assignments: [{ column: { name: "set" } }] });
  });

  it.each([
    "update t",
    "update t set",
    "update t set a",
    "update t set t.a = 1",
    "update t set (a, b) = (1, 2)",
  ])("%s is refused", (text) => {
    expect(errorOf(text).sqlState).toBe("42601");
  });
});

describe("DELETE", () => {
  it.each([
    ["delete from t", 0],
    ["delete t where a = 1", 0],
    ["delete from t using u, v where t.a = u.a", 2],
    ["delete from t from u", 1],
    ["with x as (select 1) delete from t using x", 1],
  ])("%s", (text, using) => {
    const deletion = parseStatement(text);
    expect(deletion.kind === "delete" ? deletion.using.length : -1).toBe(using);
  });

  it("has no alias", () => {
    expect(errorOf("delete from t as x")).toMatchObject({
      message: 'syntax error at or near "as"',
      position: 14,
    });
    expect(errorOf("delete from t x").message).toBe('syntax error at or near "x"');
  });
});

describe("MERGE", () => {
  it("updates and inserts", () => {
    expect(
      statement(
        "merge into t using src s on t.id = s.id when matched then update set v = s.v " +
          "when not matched then insert (id, v) values (s.id, default)",
      ),
    ).toMatchObject({
      kind: "merge",
      target: path("t"),
      source: { kind: "table", alias: { name: "s" } },
      removeDuplicates: false,
      matched: { action: "update", assignments: [{ column: { name: "v" } }] },
      notMatched: { columns: [{ name: "id" }, { name: "v" }], values: [{}, { kind: "default" }] },
    });
  });

  it("deletes and removes duplicates", () => {
    expect(
      statement(
        "merge into t using s on a = b when matched then delete when not matched then insert values (1)",
      ),
    ).toMatchObject({ matched: { action: "delete" }, notMatched: { columns: [] } });
    const merged = statement("merge into t using (select 1) s on a = b remove duplicates");
    expect(merged).toMatchObject({ removeDuplicates: true, source: { kind: "subquery" } });
    expect(merged).not.toHaveProperty("matched");
  });

  it.each([
    "merge into t using s on a = b",
    "merge into t using s",
    "merge into t x using s on a = b remove duplicates",
    "merge into t using s on a = b when matched then delete",
    "merge into t using s on a = b when not matched then insert values (1) when matched then delete",
    "merge t using s on a = b remove duplicates",
    "merge into t using s on a = b when matched then delete when matched then delete",
    "merge into t using s on a = b when matched then insert values (1)",
    "merge into t using s on a = b when not matched then insert select 1",
    "merge into t using s on a = b remove duplicates when matched then delete",
  ])("%s is refused", (text) => {
    expect(errorOf(text).sqlState).toBe("42601");
  });
});
