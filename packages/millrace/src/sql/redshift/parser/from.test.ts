import { describe, expect, it } from "vitest";
import type { FromItem } from "../ast/tree.ts";
import { bare, errorOf, selectOf } from "./test-tree.ts";

const from = (text: string): readonly FromItem[] => selectOf(`select * from ${text}`).from;
const only = (text: string): unknown => bare(from(text)[0]);
const path = (...names: string[]): unknown => ({ parts: names.map((name) => ({ name })) });

/** Joins with their brackets. */
function shape(item: FromItem | undefined): string {
  switch (item?.kind) {
    case "table":
      return item.name.parts.map(({ name }) => name).join(".");
    case "join": {
      const condition = item.on !== undefined ? " on" : item.using.length > 0 ? " using" : "";
      const type = `${item.natural ? "natural " : ""}${item.type}`;
      return `(${shape(item.left)} ${type} ${shape(item.right)}${condition})`;
    }
    default:
      return item?.kind ?? "nothing";
  }
}

describe("tables", () => {
  it("have up to three parts, aliases, columns and positions", () => {
    expect(only("dev.public.t as x (a, b)")).toEqual({
      kind: "table",
      name: path("dev", "public", "t"),
      alias: { name: "x" },
      columns: [{ name: "a" }, { name: "b" }],
    });
    expect(only("t * x")).toMatchObject({ name: path("t"), alias: { name: "x" } });
    expect(only("#tmp x")).toMatchObject({ name: path("#tmp"), alias: { name: "x" } });
    expect(only('"#TMP"')).toMatchObject({ name: path("#tmp") });
    expect(from("c as x, x.orders as o at i")).toMatchObject([
      { alias: { name: "x" } },
      { kind: "table", alias: { name: "o" }, at: { name: "i" } },
    ]);
  });

  it("may be arrays", () => {
    expect(only("c.orders[0].items as i at n")).toMatchObject({
      kind: "path",
      expression: { kind: "field", base: { kind: "subscript" }, name: { name: "items" } },
      alias: { name: "i" },
      at: { name: "n" },
    });
  });

  it.each([
    ["table", 'syntax error at or near "table"'],
    ["t as", "syntax error at end of input"],
    ["t,", "syntax error at end of input"],
    ["(t)", 'syntax error at or near ")"'],
    ["t as x y", 'syntax error at or near "y"'],
  ])("%s is refused", (text, message) => {
    expect(errorOf(`select * from ${text}`).message).toMatch(message);
  });
});

describe("joins", () => {
  it.each([
    ["a join b on x inner join c using (y)", "((a inner b on) inner c using)"],
    ["a left outer join b on x right join c on y", "((a left b on) right c on)"],
    ["a full join b on x cross join c", "((a full b on) cross c)"],
    ["a natural join b natural left join c", "((a natural inner b) natural left c)"],
    ["a join b join c on x on y", "(a inner (b inner c on) on)"],
    ["a cross join b join c on x", "((a cross b) inner c on)"],
    ["a join (b join c on x) on y", "(a inner (b inner c on) on)"],
    ["((a join b on x) join c on y)", "((a inner b on) inner c on)"],
    ["(a cross join b) left join c on x", "((a cross b) left c on)"],
  ])("%s", (text, expected) => {
    expect(shape(from(text)[0])).toBe(expected);
  });

  it("become a subquery when they have an alias", () => {
    expect(only("(a join b on x) as j (c)")).toMatchObject({
      kind: "subquery",
      alias: { name: "j" },
      columns: [{ name: "c" }],
      query: { body: { items: [{ expression: { kind: "star" } }], from: [{ kind: "join" }] } },
    });
  });

  it.each([
    ["a join b", "syntax error at end of input"],
    ["a left b on x", 'syntax error at or near "b"'],
    ["a cross join b on x", 'syntax error at or near "on"'],
    ["a outer join b on x", 'syntax error at or near "outer"'],
  ])("%s is refused", (text, message) => {
    expect(errorOf(`select * from ${text}`).message).toBe(message);
  });

  it("are limited in number", () => {
    expect(errorOf(`select * from a${" cross join b".repeat(1_100)}`).sqlState).toBe("54001");
  });
});

describe("joins with arrays", () => {
  it("need no condition", () => {
    expect(only("customers c left join c.orders o")).toMatchObject({
      type: "left",
      on: { kind: "boolean", value: true },
      right: { kind: "table", name: path("c", "orders"), alias: { name: "o" } },
    });
    expect(shape(from("c join c.a x left join x.b[0] y join d on z")[0])).toBe(
      "(((c inner c.a on) left path on) inner d on)",
    );
    expect(only("c join c.a x on x.b = 1")).toMatchObject({ on: { kind: "binary" } });
  });

  it("are told from joins with tables of a schema", () => {
    expect(errorOf("select * from c join d.orders o").message).toBe("syntax error at end of input");
    expect(errorOf("select * from c as x join c.orders o").message).toBe("syntax error at end of input");
  });
});

describe("subqueries", () => {
  it.each([
    ["(select 1) x", "select"],
    ["((select 1)) x", "select"],
    ["((select 1) union (select 2)) x", "set-operation"],
    ["((select 1) order by 1) x", "select"],
    ["(with y as (select 1) select * from y)", "select"],
  ])("%s", (text, kind) => {
    expect(only(text)).toMatchObject({ kind: "subquery", query: { body: { kind } }, lateral: false });
  });

  it("may be joined within brackets", () => {
    expect(shape(from("((select 1) x join b on y)")[0])).toBe("(subquery inner b on)");
    expect(shape(from("(((select 1)) x join b on y)")[0])).toBe("(subquery inner b on)");
  });

  it("may be lateral", () => {
    expect(only("lateral (select 1) x (a)")).toMatchObject({ lateral: true, columns: [{ name: "a" }] });
    expect(errorOf("select * from lateral t").message).toBe('syntax error at or near "t"');
    expect(errorOf("select * from lateral (a join b on x)").message).toBe('syntax error at or near "("');
  });
});

describe("functions", () => {
  it("have names and columns, with or without types", () => {
    expect(only("generate_series(1, 3) as g (a)")).toMatchObject({
      kind: "function",
      alias: { name: "g" },
      columns: [{ name: "a" }],
      columnTypes: [],
    });
    expect(only("pg_catalog.pg_get_cols('t') c(a name, b varchar(3))")).toMatchObject({
      call: { name: path("pg_catalog", "pg_get_cols") },
      columns: [{ name: "a" }, { name: "b" }],
      columnTypes: [{ name: "name" }, { name: "character varying", length: 3 }],
    });
    expect(only("unnest(c.orders) with offset as o (item, i)")).toMatchObject({
      withOffset: true,
      columns: [{ name: "item" }, { name: "i" }],
    });
    expect(only("f() as (a int)")).toMatchObject({ columnTypes: [{ name: "integer" }] });
    expect(errorOf("select * from f() as x (a int, b)").message).toBe('syntax error at or near ")"');
    expect(errorOf("select * from f() as x (a, b int)").message).toBe('syntax error at or near "int"');
  });
});

describe("PIVOT and UNPIVOT", () => {
  it("turns rows into columns", () => {
    expect(
      only("(select k, q, v from t) pivot (sum(v) as s, count(*) for q in (1 as one, -2, null)) as p"),
    ).toMatchObject({
      kind: "pivot",
      source: { kind: "subquery" },
      aggregates: [{ call: { kind: "call" }, alias: { name: "s" } }, { call: { star: true } }],
      column: { name: "q" },
      values: [{ alias: { name: "one" } }, { value: { kind: "unary" } }, { value: { kind: "null" } }],
      alias: { name: "p" },
    });
  });

  it("turns columns into rows", () => {
    expect(
      only("t unpivot include nulls (v for q in (q1 as 'x', q2 as y, q3, q4 as 4)) u (a, b)"),
    ).toMatchObject({
      kind: "unpivot",
      includeNulls: true,
      value: { name: "v" },
      name: { name: "q" },
      inputs: [
        { column: { name: "q1" }, label: { kind: "string", value: "x" } },
        { column: { name: "q2" }, label: { kind: "string", value: "y" } },
        { column: { name: "q3" } },
        { column: { name: "q4" }, label: { kind: "number" } },
      ],
      columns: [{ name: "a" }, { name: "b" }],
    });
    expect(only("t unpivot exclude nulls (v for q in (a))")).toMatchObject({ includeNulls: false });
  });

  it("walks through objects", () => {
    expect(from("ev as e, unpivot e.s[0] as val at attr")[1]).toMatchObject({
      kind: "object-unpivot",
      expression: { kind: "subscript" },
      value: { name: "val" },
      attribute: { name: "attr" },
    });
    expect(errorOf("select * from unpivot e.s").message).toBe("syntax error at end of input");
  });

  it.each(["t pivot (v for q in (1))", "t pivot (sum(v) for q in ())", "t unpivot (v for q in (select 1))"])(
    "%s is refused",
    (text) => {
      expect(errorOf(`select * from ${text}`).sqlState).toBe("42601");
    },
  );
});
