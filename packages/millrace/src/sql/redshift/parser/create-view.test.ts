import { describe, expect, test } from "vitest";
import { failure, outline } from "./test-statement.ts";

describe("views", () => {
  test("the text of the query stands beside its tree", () => {
    expect(
      outline("create or replace view s.v (a, b) as (select 1, 2) with no schema binding;"),
    ).toMatchObject({
      kind: "create-view",
      orReplace: true,
      name: "s.v",
      columns: ["a", "b"],
      queryText: "(select 1, 2)",
      lateBinding: true,
    });
    expect(outline("create view v as with c as (select 1) select * from c -- tail")).toMatchObject({
      queryText: "with c as (select 1) select * from c",
    });
  });

  test("materialized, as drivers write them", () => {
    const text = `create materialized view "db"."s"."mv" backup no diststyle key distkey (a)
      sortkey (a,b) auto refresh yes as ( select 1 a, 2 b )`;
    expect(outline(text)).toMatchObject({
      kind: "create-materialized-view",
      name: "db.s.mv",
      attributes: { distStyle: "key", distKey: "a", sortKey: { columns: ["a", "b"] } },
      autoRefresh: true,
      queryText: "( select 1 a, 2 b )",
    });
  });

  test("refreshed and altered", () => {
    expect(outline("refresh materialized view s.mv cascade")).toEqual({
      kind: "refresh-materialized-view",
      name: "s.mv",
      behavior: "cascade",
    });
    expect(outline("alter materialized view mv auto refresh no")).toMatchObject({
      action: { kind: "auto-refresh" },
    });
    expect(outline("alter materialized view mv alter diststyle key distkey a")).toMatchObject({
      action: { kind: "distribution", style: "key", column: "a" },
    });
    expect(outline("alter materialized view mv alter sortkey none")).toMatchObject({
      action: { kind: "sort-key", columns: "none" },
    });
    expect(outline("alter materialized view mv alter sortkey (a, b)")).toMatchObject({
      action: { kind: "sort-key", columns: ["a", "b"] },
    });
    expect(outline("alter materialized view mv row level security on conjunction type or")).toMatchObject({
      action: { kind: "row-level-security", on: true, conjunction: "or" },
    });
  });

  test.each([
    ["create view v as select 1 with schema binding", '42601 syntax error at or near "schema" @31'],
    ["create view v as delete from t", '42601 syntax error at or near "delete" @17'],
    [
      "create materialized view mv auto refresh maybe as select 1",
      '42601 syntax error at or near "maybe" @41',
    ],
    ["create materialized view mv (a) as select 1", '42601 syntax error at or near "(" @28'],
    ["refresh materialized view", "42601 syntax error at end of input @25"],
    ["alter materialized view mv alter diststyle key", "42601 syntax error at end of input @46"],
    ["alter materialized view mv rename to w", '42601 syntax error at or near "rename" @27'],
  ])("%s", (text, expected) => {
    expect(failure(text)).toBe(expected);
  });
});
